package clientkpis.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/// The table Clients, as a list of what was written last; a query returns all of it as one page.
final class TableInMemory implements DynamoDbClient {
    static final String CLIENTS = "clients";

    private final List<Map<String, AttributeValue>> items = new ArrayList<>();

    /// Forgets everything, and returns it.
    List<Map<String, AttributeValue>> take() {
        List<Map<String, AttributeValue>> all = List.copyOf(items);
        items.clear();
        return all;
    }

    void add(List<Map<String, AttributeValue>> written) {
        items.addAll(written);
    }

    @Override
    public QueryResponse query(QueryRequest request) {
        return QueryResponse.builder().items(items).count(items.size()).build();
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        items.add(request.item());
        return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        request.transactItems().stream()
                .map(TransactWriteItem::put)
                .filter(put -> put != null && put.tableName().equals(CLIENTS))
                .forEach(put -> items.add(put.item()));
        return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
