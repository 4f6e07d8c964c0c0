/// What `kpis inspect` says of files.
@org.jspecify.annotations.NullMarked
package clientkpis.cli.inspect;
