package dev.serai.gateway.edge;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Paths of other gateways and of parts of APIs that Serai does not serve, with the one to use
 * instead. Stateless.
 */
final class OtherPaths {
  private static final String USAGE = "GET /v1/usage and /v1/usage/summary";
  private static final String SETTINGS =
      "Models are in the settings; GET /v1/models and /v1/providers show them.";

  private static final String PARTS = "This part of OpenAI's API is not served.";
  private static final String SERVER =
      "Models are pulled and removed at the address of the server that runs them.";

  /** The path of Serai that serves the same, by the whole path of another gateway. */
  private static final Map<String, String> SAME =
      Map.ofEntries(
          Map.entry("/health", "/health/ready"),
          Map.entry("/health/liveliness", "/health/live"),
          Map.entry("/health/liveness", "/health/live"),
          Map.entry("/health/readiness", "/health/ready"),
          Map.entry("/health/services", "/v1/providers"),
          Map.entry("/live", "/health/live"),
          Map.entry("/livez", "/health/live"),
          Map.entry("/ping", "/health/live"),
          Map.entry("/ready", "/health/ready"),
          Map.entry("/readyz", "/health/ready"),
          Map.entry("/status", "/health/ready"),
          Map.entry("/key/generate", "POST /v1/keys"),
          Map.entry("/key/update", "PATCH /v1/keys/ID"),
          Map.entry("/key/block", "PATCH /v1/keys/ID with \"disabled\": true"),
          Map.entry("/key/unblock", "PATCH /v1/keys/ID with \"disabled\": false"),
          Map.entry("/key/delete", "DELETE /v1/keys/ID"),
          Map.entry("/key/regenerate", "POST /v1/keys/ID/rotate"),
          Map.entry("/model/info", "/v1/models"),
          Map.entry("/v1/model/info", "/v1/models"),
          Map.entry("/v2/model/info", "/v1/models"),
          Map.entry("/model_group/info", "/v1/models"),
          Map.entry("/utils/token_counter", "POST /v1/messages/count_tokens"),
          Map.entry("/v1/complete", "POST /v1/messages"),
          Map.entry("/v2/rerank", "POST /v1/rerank"),
          Map.entry("/v1/virtual-keys", "/admin/credentials for keys of providers"),
          Map.entry("/v1/logs/exports", "GET /v1/usage?format=csv"),
          Map.entry("/v1/api-keys", "/v1/keys"),
          Map.entry("/v1/organization/admin_api_keys", "/v1/keys"),
          Map.entry("/v1/dashboard/billing/usage", USAGE),
          Map.entry("/api/providers", "GET /v1/providers"),
          Map.entry("/swagger", "/docs"),
          Map.entry("/redoc", "/docs"),
          Map.entry("/routes", "/openapi.json"),
          Map.entry("/metrics/", "/metrics"));

  /** What serves the same here, by the beginning of the path. */
  private static final List<Map.Entry<String, String>> SAME_BELOW =
      List.of(
          Map.entry("/key/", "/v1/keys"),
          Map.entry("/user/", "/v1/users"),
          Map.entry("/customer/", "/v1/users"),
          Map.entry("/end_user/", "/v1/users"),
          Map.entry("/organization/", "/v1/tenants"),
          Map.entry("/budget/", "/v1/budgets"),
          Map.entry("/spend/", USAGE),
          Map.entry("/global/spend", USAGE),
          Map.entry("/global/activity", USAGE),
          Map.entry("/v1/engines", "GET /v1/models"),
          Map.entry("/engines", "GET /v1/models"));

  /** What to do instead, by the beginning of the path. */
  private static final List<Map.Entry<String, String>> INSTEAD =
      List.of(
          Map.entry("/team/", "Teams need no entry: name one as 'team' of a key, POST /v1/keys."),
          Map.entry("/model/", SETTINGS),
          Map.entry("/config/", "The settings are in config/serai.yaml."),
          Map.entry("/ui", "The API is described at /docs; ./serai run --console shows /hawtio."),
          Map.entry("/guardrails/", "Guards are in the settings."),
          Map.entry(
              "/openai/deployments/",
              "Azure's paths are not served: use OpenAI's client with the base URL"
                  + " http://HOST:PORT/v1, and send azure/DEPLOYMENT as the model."),
          Map.entry("/v1/messages/batches", "Batches of messages are not served."),
          Map.entry("/v1/assistants", PARTS),
          Map.entry("/v1/threads", PARTS),
          Map.entry("/v1/vector_stores", PARTS),
          Map.entry("/v1/fine_tuning", PARTS),
          Map.entry("/v1/uploads", PARTS),
          Map.entry("/v1/containers", PARTS),
          Map.entry("/v1/conversations", PARTS),
          Map.entry("/v1/videos", PARTS),
          Map.entry("/v1/evals", PARTS),
          Map.entry("/api/pull", SERVER),
          Map.entry("/api/push", SERVER),
          Map.entry("/api/create", SERVER),
          Map.entry("/api/copy", SERVER),
          Map.entry("/api/delete", SERVER),
          Map.entry("/api/blobs", SERVER));

  private OtherPaths() {}

  /** What to do instead, in a sentence; empty for a path that is not known. */
  static Optional<String> instead(String path) {
    return Optional.ofNullable(SAME.get(path))
        .or(() -> below(path, SAME_BELOW))
        .map(here -> "Here it is " + here + ".")
        .or(() -> below(path, INSTEAD));
  }

  private static Optional<String> below(String path, List<Map.Entry<String, String>> known) {
    for (Map.Entry<String, String> each : known) {
      String root = each.getKey();
      if (path.startsWith(root) && endsSegment(path, root)) {
        return Optional.of(each.getValue());
      }
    }
    return Optional.empty();
  }

  private static boolean endsSegment(String path, String root) {
    return root.endsWith("/")
        || path.length() == root.length()
        || path.charAt(root.length()) == '/';
  }
}
