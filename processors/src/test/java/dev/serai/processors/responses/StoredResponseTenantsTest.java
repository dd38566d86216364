package dev.serai.processors.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.call.ExchangeProperties;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Reply;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.responses.ResponseStore;
import dev.serai.core.responses.StoredResponse;
import dev.serai.core.responses.StoredResponses;
import dev.serai.processors.support.CallFixtures;
import dev.serai.processors.support.Calls;
import dev.serai.processors.support.EventLoops;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** A stored response belongs to a tenant: no other sees, lists or deletes it. */
final class StoredResponseTenantsTest {
  private static final Caller ACME = new Caller("acme", "key-1", "", "");
  private static final Caller OTHER = new Caller("other", "key-2", "", "");

  /** The test runs the steps on its own thread. */
  private static final EventLoops NO_LOOPS =
      _ -> {
        throw new IllegalStateException("no event loop");
      };

  private final Map<String, Tenant> tenants = new HashMap<>();
  private final ResponseStore store = name -> tenants.computeIfAbsent(name, _ -> new Tenant());
  private final StoredResponseStep show = new ShowResponse(store, NO_LOOPS);
  private final StoredResponseStep items = new ListInputItems(store, NO_LOOPS);
  private final StoredResponseStep delete = new DeleteResponse(store, NO_LOOPS);

  private static Exchange exchange(String method, String path) {
    Exchange exchange = new CallFixtures().exchangeFor("m");
    exchange.getMessage().setBody(new InboundRequest(method, path, "", Headers.NONE, new byte[0]));
    return exchange;
  }

  private static String serve(Caller caller, StoredResponseStep step, String path) {
    Exchange exchange = exchange("GET", path);
    exchange.setProperty(ExchangeProperties.CALLER, caller);
    step.work(exchange);
    Reply.Complete reply = exchange.getMessage().getBody(Reply.Complete.class);
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  @Test
  void itsTenantSeesListsAndDeletesIt() {
    tenants.computeIfAbsent("acme", _ -> new Tenant()).store(new Stored("resp_1"));
    assertThat(serve(ACME, show, "/v1/responses/resp_1")).isEqualTo("response");
    assertThat(serve(ACME, items, "/v1/responses/resp_1/input_items")).isEqualTo("items");
    assertThat(serve(ACME, delete, "/v1/responses/resp_1")).contains("\"deleted\":true");
  }

  @Test
  void anotherTenantFindsNothing() {
    tenants.computeIfAbsent("acme", _ -> new Tenant()).store(new Stored("resp_1"));
    for (Caller caller : List.of(OTHER, Caller.ANONYMOUS)) {
      for (StoredResponseStep step : List.of(show, items, delete)) {
        assertThatThrownBy(() -> serve(caller, step, "/v1/responses/resp_1"))
            .isInstanceOfSatisfying(
                CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(404));
      }
    }
    assertThat(serve(ACME, show, "/v1/responses/resp_1")).isEqualTo("response");
  }

  @Test
  void aCallHasTheCallerOfItsExchange() {
    Exchange exchange = exchange("POST", "/v1/responses");
    exchange.setProperty(ExchangeProperties.CALLER, ACME);
    Calls.begin(exchange, new CallFixtures.Request("m"), new CallFixtures.Words(), () -> 1);
    assertThat(Calls.of(exchange).caller()).isEqualTo(ACME);
    assertThat(Calls.caller(exchange("POST", "/v1/responses"))).isEqualTo(Caller.ANONYMOUS);
  }

  private static final class Tenant implements StoredResponses {
    private final Map<String, StoredResponse> byId = new HashMap<>();

    @Override
    public void store(StoredResponse response) {
      byId.put(response.id(), response);
    }

    @Override
    public Optional<StoredResponse> find(String id) {
      return Optional.ofNullable(byId.get(id));
    }

    @Override
    public Optional<StoredResponse> findByItem(String itemId) {
      return Optional.empty();
    }

    @Override
    public boolean delete(String id) {
      return byId.remove(id) != null;
    }
  }

  private record Stored(String id) implements StoredResponse {
    @Override
    public Optional<String> provider() {
      return Optional.empty();
    }

    @Override
    public byte[] request() {
      return new byte[0];
    }

    @Override
    public Set<String> previousIds() {
      return Set.of();
    }

    @Override
    public byte[] response() {
      return "response".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<String> itemIds() {
      return List.of();
    }

    @Override
    public long weight() {
      return 0;
    }

    @Override
    public byte[] inputItems(Page page) {
      return "items".getBytes(StandardCharsets.UTF_8);
    }
  }
}
