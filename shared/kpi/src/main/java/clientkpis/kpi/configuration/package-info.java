/// What a tenant configures: how its uploads are read and how its scores, situations and other fields are calculated.
@NullMarked
package clientkpis.kpi.configuration;

import org.jspecify.annotations.NullMarked;
