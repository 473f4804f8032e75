'use strict';
// validatorUrl: null, else the page would ask a server on the internet about ours
SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', validatorUrl: null, deepLinking: true, defaultModelsExpandDepth: 0 });
