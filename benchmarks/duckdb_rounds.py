"""Reads a file of billing with DuckDB and writes its rows sorted, once for each line of its input, and answers each
with the nanoseconds that this took on the clock and on the processors. Arguments: the file, the file to write, how many
threads, and whether all rows are written or the last one of each key.

What is asked of DuckDB is what the suite does: each cell has its type, the rows of a client are side by side, the
clients are in the order of a hash and then of their ids, and the output is JSON lines in gzip, whose level DuckDB does
not let one set.
"""
import sys
import time

import duckdb

file, out, threads, which = sys.argv[1:]

rows = f"""
    SELECT * FROM read_csv('{file}', delim = ';', header = true, dateformat = '%d/%m/%Y', decimal_separator = ',',
      columns = {{
      'client_id': 'VARCHAR', 'title_id': 'VARCHAR', 'value': 'DECIMAL(15, 2)', 'due_on': 'DATE', 'issued_on': 'DATE',
      'paid_on': 'DATE', 'status': 'VARCHAR'}})"""
if which == "last":
    rows = f"""
    SELECT * EXCLUDE (line) FROM (SELECT *, row_number() OVER () AS line FROM ({rows}))
    QUALIFY row_number() OVER (PARTITION BY client_id, title_id ORDER BY line DESC) = 1"""
copy = f"""
    COPY ({rows} ORDER BY hash(client_id) % 16, client_id, title_id)
    TO '{out}' (FORMAT json, COMPRESSION gzip)"""

for _ in sys.stdin:
    clock, processors = time.perf_counter_ns(), time.process_time_ns()
    with duckdb.connect(config={"threads": int(threads)}) as connection:
        connection.execute(copy)
    print(time.perf_counter_ns() - clock, time.process_time_ns() - processors, flush=True)
