package dev.serai.adapters.awssdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.adapters.aws.AwsSigner;
import dev.serai.adapters.awssdk.SignatureVerifier.Seen;
import dev.serai.adapters.awssdk.SignatureVerifier.Verified;
import dev.serai.adapters.dialects.bedrock.BedrockDialect;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.core.chat.ChatEvent;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.provider.ProviderProfile;
import dev.serai.core.request.ChatRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDelta;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.eventstream.HeaderValue;

/** AWS's own client against the same server, as the judge of what Serai signs, sends and reads. */
class AwsAgreesTest {
  private static final String KEY_ID = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TOKEN = "session/token+with==signs";
  private static final String WHOLE =
      """
      {"metrics":{"latencyMs":1},"output":{"message":{"content":[{"text":"Hello."}],"role":"assistant"}},
       "stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":2,"totalTokens":5}}\
      """;

  private final Map<String, String> variables =
      new TreeMap<>(
          Map.of(
              "AWS_ACCESS_KEY_ID", KEY_ID,
              "AWS_SECRET_ACCESS_KEY", SECRET,
              "AWS_SESSION_TOKEN", TOKEN,
              "AWS_REGION", "eu-central-1"));
  private final Dialect dialect = new BedrockDialect();
  private FakeBedrock server;
  private BedrockRuntimeAsyncClient client;

  @BeforeEach
  void start() {
    server = new FakeBedrock(WHOLE.getBytes(UTF_8), stream());
    client =
        BedrockRuntimeAsyncClient.builder()
            .endpointOverride(server.url())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(KEY_ID, SECRET, TOKEN)))
            .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  /** A stream in the bytes of AWS's own encoder. */
  private static byte[] stream() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    event(bytes, "messageStart", "{\"role\":\"assistant\"}");
    event(bytes, "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hel\"}}");
    event(bytes, "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"lo, 👋\"}}");
    event(bytes, "contentBlockStop", "{\"contentBlockIndex\":0}");
    event(bytes, "messageStop", "{\"stopReason\":\"end_turn\"}");
    event(
        bytes,
        "metadata",
        "{\"metrics\":{\"latencyMs\":1},"
            + "\"usage\":{\"inputTokens\":3,\"outputTokens\":2,\"totalTokens\":5}}");
    return bytes.toByteArray();
  }

  private static void event(ByteArrayOutputStream out, String type, String json) {
    Map<String, HeaderValue> headers =
        Map.of(
            ":message-type", HeaderValue.fromString("event"),
            ":event-type", HeaderValue.fromString(type),
            ":content-type", HeaderValue.fromString("application/json"));
    new software.amazon.eventstream.Message(headers, json.getBytes(UTF_8)).encode(out);
  }

  private Destination target(String model) {
    ProviderProfile profile =
        new ProviderProfile(
            "bedrock",
            "bedrock",
            Optional.of(server.url().toString()),
            Optional.empty(),
            Set.of(),
            List.of());
    return new Destination(profile, model, Optional.empty());
  }

  private static ChatRequest asked(boolean streaming) {
    String json =
        "{\"model\":\"m\",\"max_tokens\":7,\"stream\":"
            + streaming
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    return new OpenAiSurface(() -> Instant.EPOCH)
        .readRequest(
            new InboundRequest(
                "POST", "/v1/chat/completions", "", Headers.NONE, json.getBytes(UTF_8)));
  }

  /** Sends what Serai signs as it stands, and gives what the server saw. */
  private Seen ours(String model, boolean streaming) throws Exception {
    Destination destination = target(model);
    AwsSigner signer =
        new AwsSigner(name -> Optional.ofNullable(variables.get(name)), InstantSource.system());
    ProviderRequest signed =
        signer
            .sign(dialect.writeRequest(asked(streaming), destination), destination.provider())
            .join();
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", "127.0.0.1:" + server.url().getPort());
    signed.headers().forEach(headers::put);
    return new Seen(signed.method(), signed.path(), headers, signed.body());
  }

  private Seen awss(String model) throws InterruptedException {
    ConverseResponse reply =
        client
            .converse(
                r ->
                    r.modelId(model)
                        .messages(user("hi"))
                        .inferenceConfig(inference -> inference.maxTokens(7)))
            .join();
    assertThat(reply.output().message().content().getFirst().text()).isEqualTo("Hello.");
    return server.next();
  }

  private static Message user(String text) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText(text))
        .build();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "anthropic.claude-3-haiku-20240307-v1:0",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3",
        "arn:aws:bedrock:eu-central-1:123456789012:inference-profile/us.meta.llama3-1-8b-v1:0"
      })
  void pathAndSignatureAreThoseOfAwssClient(String model) throws Exception {
    Seen theirs = awss(model);
    Seen ours = ours(model, false);

    Verified expected = SignatureVerifier.verify(theirs, SECRET);
    Verified actual = SignatureVerifier.verify(ours, SECRET);

    assertThat(ours.rawPath()).isEqualTo(theirs.rawPath());
    assertThat(ours.method()).isEqualTo(theirs.method());
    assertThat(ours.header("content-type")).isEqualTo(theirs.header("content-type"));
    assertThat(ours.header("x-amz-security-token"))
        .isEqualTo(theirs.header("x-amz-security-token"));
    assertThat(actual.keyId()).isEqualTo(expected.keyId());
    assertThat(actual.region()).isEqualTo(expected.region());
    assertThat(actual.service()).isEqualTo(expected.service());
    assertThat(actual.signedHeaders().split(";"))
        .contains("host", "x-amz-date", "x-amz-security-token", "content-type");
  }

  @Test
  void theBodyIsThatOfAwssClient() throws Exception {
    Seen theirs = awss("amazon.nova-lite-v1:0");
    Seen ours = ours("amazon.nova-lite-v1:0", false);

    assertThat(new String(ours.body(), UTF_8))
        .isEqualToIgnoringWhitespace(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}],"
                + "\"inferenceConfig\":{\"maxTokens\":7}}");
    assertThat(sorted(theirs.body())).isEqualTo(sorted(ours.body()));
  }

  /** The members of a JSON text in an order of their own: the same for the same content. */
  private static String sorted(byte[] json) throws Exception {
    return new com.fasterxml.jackson.databind.json.JsonMapper()
        .readValue(json, TreeMap.class)
        .toString()
        .chars()
        .sorted()
        .mapToObj(Character::toString)
        .reduce("", String::concat);
  }

  @Test
  void aChangedBodyPathOrHeaderDoesNotFitItsSignature() throws Exception {
    Seen ours = ours("anthropic.claude-3-haiku-20240307-v1:0", true);
    Seen longer =
        new Seen(
            ours.method(),
            ours.rawPath(),
            ours.headers(),
            (new String(ours.body(), UTF_8) + " ").getBytes(UTF_8));
    Seen elsewhere = new Seen(ours.method(), ours.rawPath() + "x", ours.headers(), ours.body());

    SignatureVerifier.verify(ours, SECRET);
    assertThat(fits(longer)).isFalse();
    assertThat(fits(elsewhere)).isFalse();
    ours.headers().put("x-amz-date", "20200101T000000Z");
    assertThat(fits(ours)).isFalse();
  }

  private static boolean fits(Seen seen) throws Exception {
    try {
      SignatureVerifier.verify(seen, SECRET);
      return true;
    } catch (AssertionError e) {
      return false;
    }
  }

  @Test
  void aStreamMeansTheSameToAwssClientAndToSerai() {
    StringBuilder theirs = new StringBuilder();
    CompletableFuture<Void> done =
        client.converseStream(
            r -> r.modelId("m").messages(user("hi")),
            ConverseStreamResponseHandler.builder()
                .subscriber(
                    ConverseStreamResponseHandler.Visitor.builder()
                        .onContentBlockDelta(e -> append(theirs, e.delta()))
                        .onMessageStop(e -> theirs.append(' ').append(e.stopReasonAsString()))
                        .onMetadata(e -> theirs.append(' ').append(e.usage().inputTokens()))
                        .build())
                .build());
    done.join();

    StringBuilder ours = new StringBuilder();
    ChatStreamDecoder reader = dialect.streamReader(asked(true), target("m"), false);
    List<ChatEvent> events = new ArrayList<>();
    reader.read(stream(), events::add);
    reader.end(events::add);
    String usage = "";
    for (ChatEvent event : events) {
      switch (event) {
        case ChatEvent.TextDelta delta -> ours.append(delta.text());
        case ChatEvent.UsageReported reported -> usage = " " + reported.usage().input();
        case ChatEvent.Finished finished ->
            ours.append(' ').append(finished.reason().raw()).append(usage);
        default -> {}
      }
    }
    assertThat(theirs).hasToString("Hello, 👋 end_turn 3");
    assertThat(ours).hasToString(theirs.toString());
    assertThat(events.getLast()).isInstanceOf(ChatEvent.Ended.class);
  }

  @Test
  void headersOfOtherTypesArePassedOver() {
    Map<String, HeaderValue> headers = new TreeMap<>();
    headers.put(":message-type", HeaderValue.fromString("event"));
    headers.put(":event-type", HeaderValue.fromString("contentBlockDelta"));
    headers.put("a", HeaderValue.fromBoolean(true));
    // Bytes and shorts are left out: this version of the encoder writes their type and no value.
    headers.put("d", HeaderValue.fromInteger(1));
    headers.put("e", HeaderValue.fromLong(1));
    headers.put("f", HeaderValue.fromByteArray(new byte[] {1, 2, 3}));
    headers.put("g", HeaderValue.fromTimestamp(Instant.EPOCH));
    headers.put("h", HeaderValue.fromUuid(new UUID(1, 2)));
    String json = "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"x\"}}";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new software.amazon.eventstream.Message(headers, json.getBytes(UTF_8)).encode(bytes);

    List<ChatEvent> events = new ArrayList<>();
    dialect.streamReader(asked(true), target("m"), false).read(bytes.toByteArray(), events::add);
    assertThat(events).containsExactly(new ChatEvent.TextDelta(0, "x"));
  }

  private static void append(StringBuilder text, ContentBlockDelta delta) {
    text.append(delta.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bedrock-runtime.ap-southeast-2.amazonaws.com",
        "https://bedrock-runtime-fips.ap-southeast-2.amazonaws.com",
        "https://vpce-1a2b-3c4d.bedrock-runtime.ap-southeast-2.vpce.amazonaws.com",
        "https://bedrock-runtime.ap-southeast-2.api.aws",
        "https://bedrock.ap-southeast-2.amazonaws.com",
        "https://bedrock-fips.ap-southeast-2.amazonaws.com"
      })
  void theRegionIsTheOneOfTheAddress(String url) throws Exception {
    assertThat(signedFor(url)).contains("/ap-southeast-2/bedrock/aws4_request");
  }

  @Test
  void theRegionOfAnotherAddressIsTheVariablesOrTheUsualOne() throws Exception {
    assertThat(signedFor("https://llm.example.com/aws")).contains("/eu-central-1/bedrock/");
    variables.remove("AWS_REGION");
    assertThat(signedFor("https://llm.example.com/aws")).contains("/us-east-1/bedrock/");
  }

  private String signedFor(String url) {
    ProviderProfile profile =
        new ProviderProfile(
            "b", "bedrock", Optional.of(url), Optional.empty(), Set.of(), List.of());
    Destination destination = new Destination(profile, "m", Optional.empty());
    AwsSigner signer =
        new AwsSigner(name -> Optional.ofNullable(variables.get(name)), InstantSource.system());
    return signer
        .sign(dialect.writeRequest(asked(false), destination), profile)
        .join()
        .headers()
        .first("authorization")
        .orElse("");
  }

  @Test
  void aQuestionForModelsIsSignedForTheControlPlaneWithItsQuery() throws Exception {
    ProviderProfile profile =
        new ProviderProfile(
            "b",
            "bedrock",
            Optional.of("https://bedrock-runtime.us-west-2.amazonaws.com"),
            Optional.empty(),
            Set.of(),
            List.of(),
            Optional.of("https://bedrock.us-west-2.amazonaws.com"));
    Destination destination = new Destination(profile, "", Optional.empty());
    ProviderRequest request = dialect.modelQuery(destination).orElseThrow().request();
    AwsSigner signer =
        new AwsSigner(name -> Optional.ofNullable(variables.get(name)), InstantSource.system());
    signer.sign(request, profile, profile.modelsUrl().orElseThrow()).join();
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach(headers::put);
    headers.put("host", "bedrock.us-west-2.amazonaws.com");

    Seen seen = new Seen("GET", request.path(), headers, new byte[0]);
    assertThat(SignatureVerifier.verify(seen, SECRET).region()).isEqualTo("us-west-2");
    Seen other = new Seen("GET", request.path() + "&x=1", headers, new byte[0]);
    assertThat(fits(other)).isFalse();
  }

  @Test
  void theHostIsSignedAsItIsSent() throws Exception {
    URI url = URI.create("https://bedrock-runtime.us-east-1.amazonaws.com:443/prefix/");
    ProviderProfile profile =
        new ProviderProfile(
            "b", "bedrock", Optional.of(url.toString()), Optional.empty(), Set.of(), List.of());
    Destination destination = new Destination(profile, "a:b", Optional.empty());
    AwsSigner signer =
        new AwsSigner(name -> Optional.ofNullable(variables.get(name)), InstantSource.system());
    ProviderRequest signed =
        signer.sign(dialect.writeRequest(asked(false), destination), profile).join();
    Map<String, String> headers = new TreeMap<>();
    signed.headers().forEach(headers::put);
    headers.put("host", "bedrock-runtime.us-east-1.amazonaws.com");

    Seen seen = new Seen("POST", "/prefix/model/a%3Ab/converse", headers, signed.body());
    assertThat(SignatureVerifier.verify(seen, SECRET).region()).isEqualTo("us-east-1");
  }
}
