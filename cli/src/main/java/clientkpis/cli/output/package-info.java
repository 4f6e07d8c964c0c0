/// What the commands write: files, tables and lines for people.
@org.jspecify.annotations.NullMarked
package clientkpis.cli.output;
