/// The cloud that the commands work on, and the replay of exports on it.
@org.jspecify.annotations.NullMarked
package clientkpis.cli.cloud;
