/// What a tenant configures: how its files are read, how its scores and situations are calculated, its rules.
@NullMarked
package clientkpis.kpi.configuration;

import org.jspecify.annotations.NullMarked;
