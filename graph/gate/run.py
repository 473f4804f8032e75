"""Asks a checked query so that it cannot harm: in a transaction that may only read, on its own connection, by
our own clock, and for no more rows and bytes than we want.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

import neo4j
from neo4j.exceptions import ClientError, DatabaseError, DriverError, Neo4jError

from graph.connect import DRIVER
from graph.errors import QueryError, StoreError
from graph.gate.answers import Answer, AnswerBuilder
from graph.gate.check import Checked
from graph.gate.limits import GateError
from graph.gate.meter import Meter
from graph.store import GraphStore

#: Bytes that an answer may have as the database sends it; rows that are asked for at a time.
BYTE_LIMIT, _AT_A_TIME = 20_000_000, 200
#: Seconds after the database's own time limit when we go without its word.
GRACE = 3.0
_RUNNING = "SHOW TRANSACTIONS YIELD metaData WHERE metaData.suyin = $tag RETURN count(*) AS n"
_TOO_LONG = (
    "查询超时，已停止 · the query took too long and was stopped; "
    "缩小范围或写 LIMIT · narrow it or give it a LIMIT"
)


class StillRunningError(QueryError):
    """We went without the answer of a server that may still be at work on the query."""


class Run:
    """One query on its way. `answer` is called once."""

    def __init__(
        self, store: GraphStore, query: Checked, parameters: dict[str, Any], byte_limit: int = BYTE_LIMIT
    ) -> None:
        self.store, self.query, self.parameters = store, query, parameters
        self._connection = store.connection()
        self._limit = store.time_limit
        self._builder, self._meter = AnswerBuilder(store.row_limit), Meter(byte_limit)
        self._tag, self._asked = secrets.token_hex(8), False

    def answer(self) -> Answer:
        """The answer, cut at the store's `row_limit` and at `byte_limit`; within its `time_limit` and GRACE.

        An embedded store that does not end the query by itself, or has no more memory, is started again at
        the next question. Raises QueryError, StillRunningError, StoreError.
        """
        try:
            try:
                asyncio.run(self._ask())
            except (Neo4jError, DriverError, OSError) as err:
                if self._asked or isinstance(err, TimeoutError) or not self._connection.has_gone(err):
                    raise
                self.store.forget(self._connection)  # it had gone before; look where it is now
                self._connection = self.store.connection()
                asyncio.run(self._ask())
        except TimeoutError:
            if self._connection.server is None:
                raise StillRunningError(_TOO_LONG) from None
            self._connection.server.kill()  # stuck: its own limit should have ended the query
            self.store.forget(self._connection)
            raise QueryError(_TOO_LONG) from None
        except (Neo4jError, DriverError, OSError) as err:
            if not self._meter.is_over:
                raise self._explain(err) from err
            if self._builder.is_empty:
                limit = f"{self._meter.limit:,}"
                raise QueryError(
                    f"一行就超过 {limit} 字节 · one row has more than {limit} bytes; "
                    "少取一些 · return less of it"
                ) from None
            return self._builder.answer(truncated=True)
        return self._builder.answer()

    def is_running(self) -> bool:
        """Is Neo4j still at work on it? Raises the driver's exceptions, as when the store is closed."""
        with self._connection.driver.session(database=self._connection.database) as session:
            return session.execute_read(lambda tx: tx.run(_RUNNING, tag=self._tag).value("n")) != [0]

    async def _ask(self) -> None:
        connection = self._connection
        async with (
            asyncio.timeout(self._limit + GRACE),
            neo4j.AsyncGraphDatabase.driver(connection.uri, auth=connection.reader_auth, **DRIVER) as driver,
            driver.session(
                database=connection.database, fetch_size=_AT_A_TIME, default_access_mode=neo4j.READ_ACCESS
            ) as session,
        ):
            if connection.server is None:  # on the embedded store the user cannot write
                await self._explain_first(session)
            async with await session.begin_transaction({"suyin": self._tag}, self._limit) as tx:
                self._meter.watch(tx)
                self._asked = True
                result = await tx.run(self.query.text, self.parameters)
                self._builder.columns = tuple(result.keys())
                async for record in result:
                    if not self._builder.add(record):
                        tx.cancel()  # in order it would compute all that is left
                        break

    async def _explain_first(self, session: neo4j.AsyncSession) -> None:
        """Let Neo4j itself say that the query only reads. What it finds wrong, it says again after."""
        try:
            async with await session.begin_transaction({"suyin": self._tag}, self._limit) as tx:
                plan = await (await tx.run(f"EXPLAIN {self.query.text}", self.parameters)).consume()
        except ClientError as err:
            if (err.code or "").startswith("Neo.ClientError.Statement"):
                return  # told here, its places would be those of EXPLAIN
            raise
        if plan.query_type != "r":
            raise GateError("只能查询 · queries may only read; 去掉写入的部分 · leave out what writes")

    def _explain(self, err: Exception) -> StoreError:
        if self._connection.has_gone(err):
            self.store.forget(self._connection)
            return QueryError(
                "图库中断，将重新启动 · the store broke off, as when a query takes all memory, "
                "and starts again with nothing lost; 缩小范围或再试 · narrow it or try again"
            )
        if isinstance(err, DatabaseError):  # as when a query is stopped in the wrong moment
            said = " ".join((err.message or "").split())
            if "in-heap" in said:  # as many as the embedded store sorts or collects
                return QueryError(
                    f"内存不够 · the query needs too much memory ({said:.200}); 缩小范围 · narrow it"
                )
            return QueryError(
                f"数据库没能回答 · the database failed at this query ({said:.200}); "
                "换个写法 · write it otherwise"
            )
        return self._connection.explain(err)
