package clientkpis.deployed;

import java.util.Map;

/// A cloud with the suite deployed on it, as its clients see it. The tests use every cloud in the same way, with plain
/// AWS SDK clients.
interface TestCloud extends AutoCloseable {
    /// The endpoints, region and credentials, in the environment variables that every AWS SDK reads.
    Map<String, String> environment();

    /// The stack's name, which the names of its queues, functions and rules begin with.
    String stack();

    /// The template's outputs.
    Map<String, String> outputs();

    @Override
    void close();
}
