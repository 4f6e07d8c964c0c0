/// What an upload looks like: one schema per table, with its columns, aliases, types and key.
@NullMarked
package clientkpis.tables;

import org.jspecify.annotations.NullMarked;
