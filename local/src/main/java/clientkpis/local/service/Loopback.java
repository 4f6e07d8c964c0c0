package clientkpis.local.service;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/// An HTTP server on the loopback address.
public final class Loopback implements AutoCloseable {
    private final Server server;

    /// @param port 0: one that it picks
    public Loopback(int port, Handler handler) throws Exception {
        this.server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setHandler(handler);
        server.setStopTimeout(0);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
