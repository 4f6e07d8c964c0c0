/// The store of objects behind S3's protocol.
@org.jspecify.annotations.NullMarked
package clientkpis.local.service.nio2blob;
