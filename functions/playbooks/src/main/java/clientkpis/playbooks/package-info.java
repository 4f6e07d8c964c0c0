/// The playbooks that a client completed, as fields that rules read.
@NullMarked
package clientkpis.playbooks;

import org.jspecify.annotations.NullMarked;
