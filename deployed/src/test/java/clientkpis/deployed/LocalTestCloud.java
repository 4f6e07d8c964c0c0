package clientkpis.deployed;

import clientkpis.local.LocalCloud;
import clientkpis.local.Options;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/// The template on this machine. It runs in this JVM and leads SDK clients to it by system properties, which are reset
/// when it is closed.
final class LocalTestCloud implements TestCloud {
    private final Properties before = (Properties) System.getProperties().clone();
    private final LocalCloud cloud =
            LocalCloud.start(Path.of(System.getProperty("clientkpis.root"), "template.yaml"), Options.defaults());

    @Override
    public Map<String, String> environment() {
        return cloud.environment();
    }

    @Override
    public String stack() {
        return LocalCloud.STACK;
    }

    @Override
    public Map<String, String> outputs() {
        return cloud.outputs();
    }

    @Override
    public void close() {
        cloud.close();
        System.setProperties(before);
    }

    @Override
    public String toString() {
        return "local";
    }
}
