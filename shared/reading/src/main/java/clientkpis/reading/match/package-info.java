/// Which table a file is, and which column each of its headers means: by known sources, by names and by what the cells
/// are. Headers of exports never seen before are in no list, so headers are scored.
@NullMarked
package clientkpis.reading.match;

import org.jspecify.annotations.NullMarked;
