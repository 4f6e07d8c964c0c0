/// How long this version of the suite takes to read a large file, against an earlier one.
@NullMarked
package clientkpis.readingspeed;

import org.jspecify.annotations.NullMarked;
