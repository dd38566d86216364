package dev.serai.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plain HTTP/1.1 caller of a gateway. Thread-safe. */
final class Caller implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  Caller(String url) {
    this.url = url;
  }

  /** A reply that came whole. */
  record Reply(int status, java.net.http.HttpHeaders headers, String body, Duration took) {
    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + body, e);
      }
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    /** What the model says. */
    String content() {
      return json().at("/choices/0/message/content").asText();
    }

    /** The data of a stream's events. */
    List<String> events() {
      List<String> events = new ArrayList<>();
      body.lines().filter(l -> l.startsWith("data: ")).forEach(l -> events.add(l.substring(6)));
      return events;
    }

    /** The text of a stream. */
    String streamed() {
      StringBuilder text = new StringBuilder();
      for (String event : events()) {
        if (!event.equals("[DONE]")) {
          text.append(parse(event).at("/choices/0/delta/content").asText(""));
        }
      }
      return text.toString();
    }

    /** Whether a stream ended as a sound one does. */
    boolean isFinished() {
      return !events().isEmpty() && events().getLast().equals("[DONE]");
    }
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  /** A body that asks for that model. */
  static String body(String model, boolean stream) {
    return "{\"model\":\""
        + model
        + "\",\"stream\":"
        + stream
        + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
  }

  /** The first calls of a process are slow: goes on until each provider has answered in time. */
  void warmUp() {
    for (String p : List.of("openai", "anthropic", "ollama")) {
      for (boolean stream : new boolean[] {false, true}) {
        Until.holds(
            Duration.ofSeconds(60), "answers", () -> call(p + "/text", stream).status() == 200);
      }
    }
  }

  Reply chat(String model) {
    return post(body(model, false));
  }

  Reply stream(String model) {
    return post(body(model, true));
  }

  Reply call(String model, boolean stream) {
    return post(body(model, stream));
  }

  Reply post(String body) {
    return post("/v1/chat/completions", body);
  }

  Reply post(String path, String body) {
    return reply(request(path, body));
  }

  Reply post(String path, byte[] body) {
    return send(to(path, body));
  }

  /** A POST of JSON, to which headers may be added. */
  HttpRequest.Builder to(String path, byte[] body) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("content-type", "application/json")
        .timeout(Duration.ofSeconds(60))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
  }

  Reply send(HttpRequest.Builder request) {
    return reply(request.build());
  }

  /**
   * A request with an API key.
   *
   * @param target a path here, or the whole address of another gateway
   * @param key empty for none
   * @param body empty for none
   */
  Reply send(String method, String target, String key, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url).resolve(target))
            .header("content-type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    return send(key.isEmpty() ? request : request.header("authorization", "Bearer " + key));
  }

  Reply get(String path) {
    return reply(HttpRequest.newBuilder(URI.create(url + path)).build());
  }

  private HttpRequest request(String path, String body) {
    return to(path, body.getBytes(StandardCharsets.UTF_8)).build();
  }

  private Reply reply(HttpRequest request) {
    long start = System.nanoTime();
    HttpResponse<InputStream> response = send(request);
    // A connection that ends in the midst still has said something.
    StringBuilder text = new StringBuilder();
    try (BufferedReader in = reader(response.body())) {
      for (int c = in.read(); c >= 0; c = in.read()) {
        text.append((char) c);
      }
    } catch (IOException e) {
      text.append("\n<").append(e.getMessage()).append('>');
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Reply(response.statusCode(), response.headers(), text.toString(), took);
  }

  /** Begins to read a stream; closing it goes away from it. */
  InputStream open(String model) {
    return send(request("/v1/chat/completions", body(model, true))).body();
  }

  /** Begins to read the body of a reply. */
  InputStream open(HttpRequest.Builder request) {
    return send(request.build()).body();
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
