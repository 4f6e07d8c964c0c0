/// How long this version of the suite takes to read a large file, against an earlier one and against DuckDB.
@NullMarked
package clientkpis.readingspeed;

import org.jspecify.annotations.NullMarked;
