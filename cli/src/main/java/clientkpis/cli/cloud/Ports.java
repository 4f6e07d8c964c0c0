package clientkpis.cli.cloud;

import clientkpis.cli.input.UsageException;
import clientkpis.cli.words.Words;
import clientkpis.local.LocalCloud;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// The fixed ports of a local cloud.
public final class Ports {
    private static final int LAST = 65_535;

    private Ports() {}

    /// Fails unless they exist and are free.
    ///
    /// @param first the first of them; 0: any free ones
    public static void check(int first) throws IOException {
        if (first < 0 || first + LocalCloud.PORTS - 1 > LAST) {
            throw new UsageException(Words.of("serve.bad_port", first, LAST - LocalCloud.PORTS + 1));
        }
        for (int i = 0; first != 0 && i < LocalCloud.PORTS; i++) {
            try {
                new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()).close();
            } catch (BindException e) {
                throw new UsageException(Words.of(
                        "serve.port_taken",
                        first + i,
                        String.valueOf(e.getMessage()),
                        first,
                        first + LocalCloud.PORTS - 1));
            }
        }
    }
}
