package dev.serai.e2e.provider;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The control plane of Amazon Bedrock: which models there are, and which profiles lead to them. */
public final class BedrockLists {
  /** Who has this key id may call models and not list them. */
  public static final String MAY_NOT_LIST = "AKIDMAYNOTLIST";

  /** The models that can be conversed with, by the names they are called by. */
  public static final String[] CALLABLE = {
    "amazon.nova--text",
    "arn:aws:bedrock:us-east-1:1:application-inference-profile/mine--text",
    "global.anthropic.claude--text",
    "us.anthropic.claude--text"
  };

  private BedrockLists() {}

  /** What an answer says. */
  record Reply(int status, String body) {}

  static Optional<Reply> respond(Received request) {
    String path = request.path();
    boolean models = path.startsWith("/foundation-models?");
    if (!models && !path.startsWith("/inference-profiles?")) {
      return Optional.empty();
    }
    String signature = request.header("authorization").orElse("");
    if (signature.contains("Credential=" + MAY_NOT_LIST)) {
      ObjectNode refusal = Grammar.object();
      refusal.put("message", "User: arn:aws:iam::1:user/x is not authorized to perform that.");
      return Optional.of(new Reply(403, refusal.toString()));
    }
    return Optional.of(new Reply(200, (models ? models() : profiles(path)).toString()));
  }

  private static ObjectNode models() {
    ObjectNode list = Grammar.object();
    ArrayNode models = list.putArray("modelSummaries");
    model(models, "amazon.nova--text", "TEXT", "ON_DEMAND");
    model(models, "anthropic.claude--text", "TEXT", "INFERENCE_PROFILE");
    model(models, "amazon.titan-embed", "EMBEDDING", "ON_DEMAND");
    return list;
  }

  private static void model(ArrayNode models, String id, String gives, String served) {
    ObjectNode model = models.addObject().put("modelId", id);
    model.putArray("inputModalities").add("TEXT");
    model.putArray("outputModalities").add(gives);
    model.putArray("inferenceTypesSupported").add(served);
    model.putObject("modelLifecycle").put("status", "ACTIVE");
  }

  /** Two pages of AWS's own, and one of the account's. */
  private static ObjectNode profiles(String path) {
    ObjectNode page = Grammar.object();
    ArrayNode list = page.putArray("inferenceProfileSummaries");
    if (path.contains("type=APPLICATION")) {
      profile(list, "mine--text", "amazon.nova--text").put("type", "APPLICATION");
    } else if (path.contains("nextToken=a%2Fb%20%3D")) {
      profile(list, "global.anthropic.claude--text", "anthropic.claude--text");
    } else {
      profile(list, "us.anthropic.claude--text", "anthropic.claude--text");
      page.put("nextToken", "a/b =");
    }
    return page;
  }

  private static ObjectNode profile(ArrayNode list, String id, String model) {
    ObjectNode profile = list.addObject().put("inferenceProfileId", id).put("status", "ACTIVE");
    profile.put("type", "SYSTEM_DEFINED");
    profile.put(
        "inferenceProfileArn", "arn:aws:bedrock:us-east-1:1:application-inference-profile/" + id);
    profile
        .putArray("models")
        .addObject()
        .put("modelArn", "arn:aws:bedrock:us-east-1::foundation-model/" + model);
    return profile;
  }
}
