"""Facts of the language: how numbers, amounts, dates, places, offices and documents are written."""
