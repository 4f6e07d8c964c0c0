/// An upload, its parts, and the document that keeps the rows of one client. Pure: no SDK type is in it.
@NullMarked
package clientkpis.upload;

import org.jspecify.annotations.NullMarked;
