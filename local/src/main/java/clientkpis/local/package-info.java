/// The template on one machine: DynamoDB Local, S3Proxy, ElasticMQ and AWS's own rule engine around the functions' own
/// classes. `template` reads the template, `service` runs what it declares, `invoke` runs the functions, here or in
/// processes of their own (`instance`), `trigger` invokes them; each uses only the ones before it.
@org.jspecify.annotations.NullMarked
package clientkpis.local;
