package clientkpis.reading.format;

import java.io.Closeable;
import java.io.IOException;

/// Writes rejected rows as the file had them, each with the reason, to be fixed and uploaded again.
public interface RejectWriter extends Closeable {
    /// Header of the reason. No table has a column of that name, so it is ignored when uploaded.
    String REASON = "motivo_da_rejeicao";

    /// @param row of the file whose rows this writes
    void write(UploadRow row, String reason) throws IOException;
}
