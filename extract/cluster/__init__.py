"""Reading on many machines: Dask shares out the reports, each machine writes what it found as Parquet.

`run.py` goes through the files, `task.py` is what a machine does, `tables.py` is what it writes, `places.py`
where. Needs the extra `cluster`.
"""
