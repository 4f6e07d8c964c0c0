/// The Customer Success Maturity Index of a tenant: an upload of `maturity` is an assessment.
@NullMarked
package clientkpis.maturity;

import org.jspecify.annotations.NullMarked;
