/// The template on one machine: DynamoDB Local, S3Proxy, ElasticMQ and AWS's own rule engine around the functions' own
/// classes.
@org.jspecify.annotations.NullMarked
package clientkpis.local;
