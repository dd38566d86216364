package dev.serai.adapters.dialects.openai.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.Upload;
import dev.serai.core.http.form.FormScanner;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiRelaySurfaceTest {
  private static final String FORM = "multipart/form-data; boundary=\"xYzZY\"";

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/images/generations, IMAGES, /images/generations, true",
    "POST, /v1/audio/speech, AUDIO, /audio/speech, true",
    "POST, /v1/audio/transcriptions, AUDIO, /audio/transcriptions, false",
    "POST, /v1/moderations, MODERATIONS, /moderations, false",
    "POST, /v1/rerank, RERANK, /rerank, false",
    "GET, /v1/files/file-1/content, FILES, /files/file-1/content, true",
    "DELETE, /v1/files/file-1, FILES, /files/file-1, false",
    "POST, /v1/batches/b-1/cancel, BATCHES, /batches/b-1/cancel, false"
  })
  void thePathDeterminesTheOperation(
      String method, String path, Operation operation, String below, boolean streams) {
    RelayRequest read = read(method, path, "", "application/json", "{\"model\":\"m\"}");
    assertThat(read.operation()).isEqualTo(operation);
    assertThat(read.path()).isEqualTo(below);
    assertThat(read.method()).isEqualTo(method);
    assertThat(read.streaming()).isEqualTo(streams);
  }

  @Test
  void inJsonOnlyTheModelsNameChanges() {
    String body =
        "{ \"prompt\":\"a \\\"model\\\": x\", \"model\" : \"openai/gpt-image-1\",\"n\":1.0}";
    RelayRequest read = read("POST", "/v1/images/generations", "", "application/json", body);
    assertThat(read.model()).isEqualTo("openai/gpt-image-1");
    assertThat(new String(read.bytesFor("gpt-image-1"), UTF_8))
        .isEqualTo(body.replace("openai/gpt-image-1", "gpt-image-1"));
    assertThat(read.bytesFor("openai/gpt-image-1")).isSameAs(read.bytes());
  }

  @Test
  void whatTheBodySaysToSeraiIsReadAndNotForwarded() {
    String body =
        "{\"serai\":{\"routing\":{\"prefer_cheap\":true}},\"model\":\"fast\",\"prompt\":\"a\"}";
    RelayRequest read = read("POST", "/v1/images/generations", "", "application/json", body);
    assertThat(read.routing().preferred().cheap()).isTrue();
    assertThat(new String(read.bytesFor("gpt-image-1"), UTF_8))
        .isEqualTo("{\"model\":\"gpt-image-1\",\"prompt\":\"a\"}");
    String misspelt = "{\"model\":\"fast\",\"metadata\":{\"serai\":{\"rooting\":{}}}}";
    assertThatThrownBy(() -> read("POST", "/v1/batches", "", "application/json", misspelt))
        .hasMessageStartingWith("'metadata.serai.rooting' is not known. Did you mean 'routing'?");
  }

  @Test
  void inAFormOnlyTheModelsNameChanges() {
    String sound = "\0\1\u00ff\r\n--xYzZ\r\nname=\"model\"\r\n\r\nno model\r\n-";
    String form = form("file\"; filename=\"a; name=model.wav", sound, "model", "openai/whisper-1");
    RelayRequest read = read("POST", "/v1/audio/transcriptions", "", FORM, form);
    assertThat(read.model()).isEqualTo("openai/whisper-1");
    assertThat(new String(read.bytesFor("whisper-1"), ISO_8859_1))
        .isEqualTo(form.replace("openai/whisper-1", "whisper-1"));
  }

  @Test
  void aFormCanAskForAStream() {
    String form = form("stream", "true", "model", "m");
    assertThat(read("POST", "/v1/audio/transcriptions", "", FORM, form).streaming()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "stream"})
  void aLargePartIsNotDecodedToReadTheModelOrTheStream(String part) {
    String large = form(part, "x".repeat(3000));
    assertThatThrownBy(() -> read("POST", "/v1/audio/transcriptions", "", FORM, large))
        .isInstanceOf(CallerProblem.class)
        .hasMessage("The form's '" + part + "' is over the limit of 2048 bytes.");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/audio/transcriptions, true, false",
    "/v1/images/edits, true, false",
    "/v1/files, true, true",
    "/v1/batches, false, false",
    "/v1/chat/completions, false, false"
  })
  void aFormIsForwardedWhileItArrivesOnceItsModelIsThere(String path, boolean forms, boolean now) {
    Optional<FormScanner> scanner = new OpenAiRelaySurface().scanner(path, FORM);
    assertThat(scanner.isPresent()).isEqualTo(forms);
    assertThat(new OpenAiRelaySurface().scanner(path, "application/json")).isEmpty();
    scanner.ifPresent(
        form -> {
          form.read("--xYzZY\r\n".getBytes(UTF_8));
          assertThat(form.isReady()).isEqualTo(now);
          form.read(form("model", "whisper-1").substring(9).getBytes(UTF_8));
          assertThat(form.isReady()).isTrue();
        });
  }

  @Test
  void anArrivingFormIsForwardedWithAnotherNameOfTheModelWhereverItIsCut() {
    String form = form("model", "openai/whisper-1", "file\"; filename=\"a.wav", "\0\1\u00ff\r\n-");
    FormScanner parts = new OpenAiRelaySurface().scanner("/v1/audio/x", FORM).orElseThrow();
    parts.read(form.getBytes(ISO_8859_1));
    for (int size = 1; size <= form.length(); size++) {
      Pieces pieces = new Pieces(form.getBytes(ISO_8859_1), size);
      InboundRequest inbound =
          new InboundRequest(
              "POST",
              "/v1/audio/transcriptions",
              "",
              new HeaderFields().add("content-type", FORM),
              new byte[0],
              Optional.of(new InboundRequest.ArrivingForm(parts, pieces)));
      RelayRequest read = new OpenAiRelaySurface().readRequest(inbound);
      assertThat(read.model()).isEqualTo("openai/whisper-1");
      assertThat(read.streaming()).isTrue();
      Upload sent = read.uploadFor("whisper-1").orElseThrow();
      String expected = form.replace("openai/whisper-1", "whisper-1");
      assertThat(sent.length()).isEqualTo(expected.length());
      assertThat(read.isSpent()).isFalse();
      StringBuilder received = new StringBuilder();
      sent.open(new Received(received));
      assertThat(received).as("pieces of %d bytes", size).hasToString(expected);
      assertThat(read.isSpent()).isTrue();
      assertThat(read.uploadFor("openai/whisper-1")).containsSame(pieces);
    }
  }

  @Test
  void aFormWithoutAModelHasNoModel() {
    String form = form("purpose", "batch", "file\"; filename=\"x.jsonl", "{\"model\":\"a/b\"}");
    RelayRequest read = read("POST", "/v1/files", "", FORM, form);
    assertThat(read.model()).isEmpty();
    assertThat(read.bytesFor("any")).isSameAs(read.bytes());
  }

  @Test
  void aRequestThatCreatesAFileOrABatchIsNotRepeatable() {
    String none = "application/json";
    assertThat(read("POST", "/v1/files", "", FORM, form("purpose", "x")).repeatable()).isFalse();
    assertThat(read("POST", "/v1/batches", "", none, "{}").repeatable()).isFalse();
    assertThat(read("GET", "/v1/batches/1", "", none, "").repeatable()).isTrue();
    assertThat(read("DELETE", "/v1/files/1", "", none, "").repeatable()).isTrue();
    assertThat(read("POST", "/v1/audio/speech", "", none, "{}").repeatable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "provider=acme, /files, acme",
        "provider=acme&limit=2, /files?limit=2, acme",
        "limit=2&provider=acme, /files?limit=2, acme",
        "limit=2&provider=acme&after=a%20b, /files?limit=2&after=a%20b, acme",
        "%70rovider=my%2Dacme&limit=2, /files?limit=2, my-acme",
        "myprovider=x, /files?myprovider=x, -"
      })
  void theProviderInTheQueryIsNotForwarded(String query, String path, String provider) {
    RelayRequest read = read("GET", "/v1/files", query, "application/json", "");
    assertThat(read.path()).isEqualTo(path);
    assertThat(read.provider().orElse(null)).isEqualTo(provider);
  }

  @ParameterizedTest
  @ValueSource(strings = {"provider=acme&provider=other", "provider=acme&after=%zz"})
  void aQueryThatCannotBeReadIsRefused(String query) {
    assertThatThrownBy(() -> read("GET", "/v1/files", query, "application/json", ""))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void onlyHeadersForTheProviderAreForwarded() {
    HeaderFields headers =
        new HeaderFields()
            .add("authorization", "Bearer mine")
            .add("cookie", "mine")
            .add("content-type", "application/json")
            .add("x-serai-provider", "acme")
            .add("openai-beta", "b");
    RelayRequest read =
        new OpenAiRelaySurface()
            .readRequest(
                new InboundRequest("POST", "/v1/moderations", "", headers, "{}".getBytes(UTF_8)));
    assertThat(read.headers()).hasToString("[content-type, openai-beta]");
    assertThat(read.provider()).contains("acme");
    read.headers().add("x", "y");
    assertThat(read.headers().first("x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--xYzZY",
        "--xYzZY\r\n",
        "--xYzZY\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nx",
        "--xYzZY\r\ncontent-disposition: form-data; name=\"model\"\r\n\r\nx\r\n--xYzZY",
        "--other\r\n\r\n--other--"
      })
  void aMalformedFormIsRefused(String body) {
    assertThatThrownBy(() -> read("POST", "/v1/files", "", FORM, body + " "))
        .isInstanceOf(CallerProblem.class);
  }

  @Test
  void twoModelsAreRefused() {
    String form = form("model", "a", "model", "b");
    assertThatThrownBy(() -> read("POST", "/v1/audio/translations", "", FORM, form))
        .isInstanceOf(CallerProblem.class)
        .hasMessageContaining("more than one 'model'");
  }

  @Test
  void otherContentTypesAreRefused() {
    assertThatThrownBy(() -> read("POST", "/v1/files", "", "text/plain", "x"))
        .isInstanceOfSatisfying(
            CallerProblem.class, problem -> assertThat(problem.status()).isEqualTo(415));
  }

  private static String form(String... namesAndValues) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      form.append("--xYzZY\r\nContent-Disposition: form-data; name=\"")
          .append(namesAndValues[i])
          .append("\"\r\n\r\n")
          .append(namesAndValues[i + 1])
          .append("\r\n");
    }
    return form.append("--xYzZY--\r\n").toString();
  }

  private static RelayRequest read(
      String method, String path, String query, String type, String body) {
    HeaderFields headers = new HeaderFields().add("content-type", type);
    return new OpenAiRelaySurface()
        .readRequest(new InboundRequest(method, path, query, headers, body.getBytes(ISO_8859_1)));
  }

  /** An upload that sends pieces of a given size. */
  private static final class Pieces implements Upload {
    private final byte[] form;
    private final int size;
    private boolean spent;

    Pieces(byte[] form, int size) {
      this.form = form;
      this.size = size;
    }

    @Override
    public long length() {
      return form.length;
    }

    @Override
    public boolean isSpent() {
      return spent;
    }

    @Override
    public void open(Reader reader) {
      spent = true;
      for (int at = 0; at < form.length; at += size) {
        reader.onPiece(Arrays.copyOfRange(form, at, Math.min(form.length, at + size)));
      }
      reader.onBatchEnd();
      reader.onEnd();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void cancel() {}
  }

  private record Received(StringBuilder text) implements Upload.Reader {
    @Override
    public void onPiece(byte[] bytes) {
      text.append(new String(bytes, ISO_8859_1));
    }

    @Override
    public void onEnd() {
      assertThat(text).isNotEmpty();
    }

    @Override
    public void onFailure(GatewayProblem problem) {
      throw problem;
    }
  }
}
