/// What the commands read: folders of exports, and the inbox.
@org.jspecify.annotations.NullMarked
package clientkpis.cli.input;
