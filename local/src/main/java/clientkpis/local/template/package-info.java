/// The SAM template: read, checked against what is known here, its intrinsics resolved.
@org.jspecify.annotations.NullMarked
package clientkpis.local.template;
