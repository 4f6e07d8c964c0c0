/// What an upload's receipt says, and the sentences that say it.
@org.jspecify.annotations.NullMarked
package clientkpis.receipt;
