package dev.serai.adapters.dialects.openai.relay;

import dev.serai.adapters.dialects.json.JsonSplice;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Upload;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.routing.RoutingCriteria;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request that is forwarded: the client's bytes, or the upload that they are read from, and the
 * position of the model's name.
 */
final class OpenAiRelayRequest implements RelayRequest {
  private static final byte[] NONE = {};

  private final Head head;
  private final HeaderFields fields;
  private final byte[] bytes;
  private final ModelName name;
  private final Optional<Upload> upload;

  /**
   * The parts of a request other than its body.
   *
   * @param path with its query
   * @param routing what the body asks of the choice of the provider
   */
  record Head(
      Operation operation,
      String method,
      String path,
      Optional<String> provider,
      boolean streaming,
      RoutingCriteria routing) {}

  OpenAiRelayRequest(Head head, HeaderFields fields, byte[] bytes, ModelName name) {
    this.head = head;
    this.fields = fields;
    this.bytes = bytes;
    this.name = name;
    this.upload = Optional.empty();
  }

  OpenAiRelayRequest(Head head, HeaderFields fields, Upload upload, ModelName name) {
    this.head = head;
    this.fields = fields;
    this.bytes = NONE;
    this.name = name;
    this.upload = Optional.of(upload);
  }

  @Override
  public Operation operation() {
    return head.operation;
  }

  @Override
  public String method() {
    return head.method;
  }

  @Override
  public String path() {
    return head.path;
  }

  @Override
  public Optional<String> provider() {
    return head.provider;
  }

  @Override
  public boolean streaming() {
    return head.streaming;
  }

  @Override
  public RoutingCriteria routing() {
    return head.routing;
  }

  /** Whether it may be sent twice: not if it creates a file or a batch. */
  @Override
  public boolean repeatable() {
    boolean makes = head.operation == Operation.FILES || head.operation == Operation.BATCHES;
    return !makes || !head.method.equals("POST");
  }

  @Override
  public String dialect() {
    return "openai";
  }

  @Override
  public HeaderFields headers() {
    HeaderFields copy = new HeaderFields();
    fields.forEach(copy::add);
    return copy;
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String model() {
    return name.text();
  }

  @Override
  public byte[] bytesFor(String model) {
    if (isSame(model) || upload.isPresent()) {
      return bytes;
    }
    byte[] text = name.json() ? JsonWriter.quoted(model) : model.getBytes(StandardCharsets.UTF_8);
    return new JsonSplice(bytes).replace(name.from(), name.to(), text).apply();
  }

  @Override
  public Optional<Upload> uploadFor(String model) {
    return isSame(model)
        ? upload
        : upload.map(form -> new SplicedUpload(form, name, model.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean isSpent() {
    return upload.isPresent() && upload.get().isSpent();
  }

  private boolean isSame(String model) {
    return name.isNone() || model.equals(name.text());
  }

  /** Without the query and the bytes, which may hold secrets. */
  @Override
  public String toString() {
    return head.method + " " + head.operation.label() + " (" + bytes.length + " bytes)";
  }
}
