package clientkpis.deployed;

import java.util.Map;

/// A cloud with the suite deployed on it, as its clients see it. The tests reach all clouds alike, with plain AWS SDK
/// clients.
interface TestCloud extends AutoCloseable {
    /// What leads an AWS SDK there: endpoints, region and credentials, in the variables that every SDK reads.
    Map<String, String> environment();

    /// The stack's name, with which the names of its queues, functions and rules begin.
    String stack();

    /// The template's outputs.
    Map<String, String> outputs();

    @Override
    void close();
}
