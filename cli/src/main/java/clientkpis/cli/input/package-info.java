/// What the commands read: folders of exports, an inbox, and what is wrong with them.
@org.jspecify.annotations.NullMarked
package clientkpis.cli.input;
