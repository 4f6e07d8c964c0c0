/// The messages of S3 to the functions and of these to each other, and how one is sent again.
@NullMarked
package clientkpis.message;

import org.jspecify.annotations.NullMarked;
