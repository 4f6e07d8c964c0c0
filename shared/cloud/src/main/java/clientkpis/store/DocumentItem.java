package clientkpis.store;

import clientkpis.aws.Attributes;
import clientkpis.kpi.Tenant;
import clientkpis.store.packed.Deflated;
import clientkpis.store.packed.DocumentCodec;
import clientkpis.upload.Document;
import clientkpis.upload.Document.Gone;
import clientkpis.upload.Format;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// A document as an item of the table Records. Its body, the packed rows, is in the item or in an object.
final class DocumentItem {
    static final String PARTITION = "shard";
    static final String SORT = "record";
    static final String CLIENT = "clientId";
    static final String UPLOAD = "upload";
    static final String ROWS = "rowCount";
    private static final String SIZE = "unpacked";
    private static final String VERSION = "version";
    private static final String UPLOAD_ID = "uploadId";
    private static final String REMOVED = "removed";
    private static final String EXPIRED = "expired";
    private static final String OBJECT = "object";
    private static final String BODY = "body";
    private static final String FORMAT = "format";
    private static final int NEWEST = 1;

    private DocumentItem() {}

    /// @param id decides the shard
    static Map<String, AttributeValue> key(Tenant tenant, String id, String sort) {
        return Map.of(PARTITION, Attributes.text(Keys.shardOf(tenant, id)), SORT, Attributes.text(sort));
    }

    static Map<String, AttributeValue> key(Tenant tenant, String uploadTable, Document document) {
        return key(tenant, document.clientId(), Keys.records(uploadTable, document.clientId()));
    }

    /// @param body the packed rows
    /// @param object the key of the body's object, or null if the item is to have it
    /// @param unpacked how many bytes the body has unpacked
    static Map<String, AttributeValue> write(
            Tenant tenant, String uploadTable, Document document, byte[] body, @Nullable String object, int unpacked) {
        Map<String, AttributeValue> item = new HashMap<>(key(tenant, uploadTable, document));
        item.put(CLIENT, Attributes.text(document.clientId()));
        item.put(VERSION, Attributes.number(document.version()));
        item.put(UPLOAD, Attributes.text(String.valueOf(document.lastUpload())));
        item.put(UPLOAD_ID, Attributes.text(String.valueOf(document.lastUploadId())));
        item.put(ROWS, Attributes.number(document.rows().size()));
        item.put(SIZE, Attributes.number(unpacked));
        item.put(FORMAT, Attributes.number(NEWEST));
        if (document.gone().removed() > 0) {
            item.put(REMOVED, Attributes.number(document.gone().removed()));
        }
        if (document.gone().expired() > 0) {
            item.put(EXPIRED, Attributes.number(document.gone().expired()));
        }
        if (object == null) {
            item.put(BODY, Attributes.bytes(body));
        } else {
            item.put(OBJECT, Attributes.text(object));
        }
        return item;
    }

    /// @param body the packed rows, from its object
    static Document read(Map<String, AttributeValue> item, byte[] body) {
        return new Document(
                Attributes.required(item, CLIENT),
                version(item),
                Attributes.text(item, UPLOAD),
                Attributes.text(item, UPLOAD_ID),
                new Gone((int) Attributes.number(item, REMOVED), (int) Attributes.number(item, EXPIRED)),
                DocumentCodec.read(Deflated.unpack(body)));
    }

    static Map<String, AttributeValue> checked(Map<String, AttributeValue> item) {
        Format.check("A document", Attributes.number(item, FORMAT), NEWEST);
        return item;
    }

    static long version(Map<String, AttributeValue> item) {
        return Attributes.number(item, VERSION);
    }

    /// The key of the object that has the body, or null.
    static @Nullable String object(Map<String, AttributeValue> item) {
        return Attributes.text(item, OBJECT);
    }

    static byte[] body(Map<String, AttributeValue> item) {
        return Attributes.of(item, BODY).b().asByteArrayUnsafe();
    }

    /// How many bytes the unpacked rows have as JSON; 0 if the item does not say so.
    static long size(Map<String, AttributeValue> item) {
        return Attributes.number(item, SIZE);
    }

    static long rows(Map<String, AttributeValue> item) {
        return Attributes.number(item, ROWS);
    }
}
