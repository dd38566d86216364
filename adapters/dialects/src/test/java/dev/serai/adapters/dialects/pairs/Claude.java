package dev.serai.adapters.dialects.pairs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serai.adapters.dialects.contract.EventStreamMaker;
import dev.serai.core.json.JsonWriter;
import java.util.Set;

/** A Claude model that calls one tool, on Anthropic's own API or on Bedrock. */
final class Claude {
  private static final int PIECE = 3;

  private Claude() {}

  /** A whole response. */
  static String calling(Pair pair, String tool, String arguments) {
    String response =
        pair.goesTo(Set.of("bedrock"))
            ? "{'output':{'message':{'role':'assistant','content':[{'toolUse':{'toolUseId':'t1',"
                + "'name':'TOOL','input':ARGS}}]}},'stopReason':'tool_use',"
                + "'usage':{'inputTokens':1,'outputTokens':1,'totalTokens':2}}"
            : "{'id':'msg_1','type':'message','role':'assistant','model':'m','content':["
                + "{'type':'tool_use','id':'t1','name':'TOOL','input':ARGS}],"
                + "'stop_reason':'tool_use','usage':{'input_tokens':1,'output_tokens':1}}";
    return response.replace('\'', '"').replace("TOOL", tool).replace("ARGS", arguments);
  }

  /** A stream in small pieces. */
  static byte[] streaming(Pair pair, String tool, String arguments) {
    boolean bedrock = pair.goesTo(Set.of("bedrock"));
    StringBuilder wire = new StringBuilder();
    if (bedrock) {
      event(wire, "messageStart", "{'role':'assistant'}");
      event(
          wire,
          "contentBlockStart",
          "{'contentBlockIndex':0,'start':{'toolUse':{'toolUseId':'t1','name':'" + tool + "'}}}");
    } else {
      event(
          wire,
          "message_start",
          "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant',"
              + "'model':'m','content':[],'usage':{'input_tokens':1,'output_tokens':1}}}");
      event(
          wire,
          "content_block_start",
          "{'type':'content_block_start','index':0,'content_block':{'type':'tool_use','id':'t1',"
              + "'name':'"
              + tool
              + "','input':{}}}");
    }
    for (int from = 0; from < arguments.length(); from += PIECE) {
      String piece = arguments.substring(from, Math.min(arguments.length(), from + PIECE));
      String quoted = new String(JsonWriter.quoted(piece), UTF_8);
      event(
          wire,
          bedrock ? "contentBlockDelta" : "content_block_delta",
          bedrock
              ? "{'contentBlockIndex':0,'delta':{'toolUse':{'input':"
              : "{'type':'content_block_delta','index':0,'delta':{'type':'input_json_delta',"
                  + "'partial_json':",
          quoted + (bedrock ? "}}}" : "}}"));
    }
    end(wire, bedrock);
    return bedrock
        ? EventStreamMaker.of(wire.toString().replace("event: ", "event ").replace("\ndata: ", " "))
        : wire.toString().getBytes(UTF_8);
  }

  private static void end(StringBuilder wire, boolean bedrock) {
    if (bedrock) {
      event(wire, "contentBlockStop", "{'contentBlockIndex':0}");
      event(wire, "messageStop", "{'stopReason':'tool_use'}");
      event(wire, "metadata", "{'usage':{'inputTokens':1,'outputTokens':1,'totalTokens':2}}");
    } else {
      event(wire, "content_block_stop", "{'type':'content_block_stop','index':0}");
      event(
          wire,
          "message_delta",
          "{'type':'message_delta','delta':{'stop_reason':'tool_use'},"
              + "'usage':{'output_tokens':1}}");
      event(wire, "message_stop", "{'type':'message_stop'}");
    }
  }

  private static void event(StringBuilder wire, String name, String json) {
    event(wire, name, json, "");
  }

  private static void event(StringBuilder wire, String name, String json, String rest) {
    wire.append("event: ").append(name).append("\ndata: ");
    wire.append(json.replace('\'', '"')).append(rest).append("\n\n");
  }
}
