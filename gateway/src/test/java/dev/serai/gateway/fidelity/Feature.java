package dev.serai.gateway.fidelity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A feature of a request, in the format of every surface that has it.
 *
 * @param name its name in the table
 * @param members the members of a request that use it, by surface, without the outer braces
 * @param witnesses at least one of these is in the provider request if the feature is translated
 */
record Feature(String name, Map<String, String> members, List<String> witnesses) {
  static final String OPENAI = "openai";
  static final String ANTHROPIC = "anthropic";
  static final String RESPONSES = "responses";
  static final String GEMINI = "gemini";
  static final String OLLAMA = "ollama";

  private static final String SCHEMA =
      "{'type':'object','properties':{'w1tness':{'type':'string'}},'required':['w1tness'],"
          + "'additionalProperties':false}";

  static Builder of(String name) {
    return new Builder(name);
  }

  /** Everything that the table has a row for. */
  static List<Feature> all() {
    List<Feature> all = new ArrayList<>();
    all.addAll(conversation());
    all.addAll(tools());
    all.addAll(media());
    all.addAll(generation());
    return all;
  }

  private static List<Feature> conversation() {
    return List.of(
        of("system instruction")
            .openai(
                "'messages':[{'role':'system','content':'w1tness'},{'role':'user','content':'hi'}]")
            .anthropic("'system':'w1tness','messages':[{'role':'user','content':'hi'}]")
            .responses("'instructions':'w1tness','input':'hi'")
            .gemini(
                "'systemInstruction':{'parts':[{'text':'w1tness'}]},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama(
                "'messages':[{'role':'system','content':'w1tness'},{'role':'user','content':'hi'}]")
            .seenAs("w1tness"),
        of("system instruction in mid-conversation")
            .openai(
                "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'ho'},"
                    + "{'role':'system','content':'w1tness'},{'role':'user','content':'hi'}]")
            .responses(
                "'input':[{'role':'user','content':'hi'},{'role':'developer','content':'w1tness'},"
                    + "{'role':'user','content':'hi'}]")
            .ollama(
                "'messages':[{'role':'user','content':'hi'},{'role':'system','content':'w1tness'},"
                    + "{'role':'user','content':'hi'}]")
            .seenAs("w1tness"),
        of("cache marker")
            .openai(
                "'messages':[{'role':'user','content':[{'type':'text','text':'long','cache_control':"
                    + "{'type':'ephemeral'}}]}]")
            .responses(
                "'input':[{'role':'user','content':[{'type':'input_text','text':'long',"
                    + "'cache_control':{'type':'ephemeral'}}]}]")
            .anthropic(
                "'messages':[{'role':'user','content':[{'type':'text','text':'long','cache_control':"
                    + "{'type':'ephemeral'}}]}]")
            .seenAs("cache_control", "cachePoint"),
        reasoning("signed reasoning", "'type':'thinking','thinking':'Hm.','signature':"),
        reasoning("redacted reasoning", "'type':'redacted_thinking','data':"));
  }

  /** Of a model that is asked again. */
  private static Feature reasoning(String name, String block) {
    return of(name)
        .anthropic(
            "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{"
                + block
                + "'aVdJVE5FU1M='},{'type':'text','text':'ho'}]},{'role':'user','content':'hi'}]")
        .seenAs("aVdJVE5FU1M=");
  }

  private static List<Feature> tools() {
    return List.of(
        of("tool")
            .openai(openaiTools() + ",'messages':[{'role':'user','content':'hi'}]")
            .anthropic(anthropicTools() + ",'messages':[{'role':'user','content':'hi'}]")
            .responses(responsesTools() + ",'input':'hi'")
            .gemini(geminiTools() + ",'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama(openaiTools() + ",'messages':[{'role':'user','content':'hi'}]")
            .seenAs("w1tness"),
        of("forced tool")
            .openai(
                openaiTools()
                    + ",'tool_choice':{'type':'function','function':{'name':'look'}},"
                    + "'messages':[{'role':'user','content':'hi'}]")
            .anthropic(
                anthropicTools()
                    + ",'tool_choice':{'type':'tool','name':'look'},"
                    + "'messages':[{'role':'user','content':'hi'}]")
            .responses(
                responsesTools() + ",'tool_choice':{'type':'function','name':'look'},'input':'hi'")
            .gemini(
                geminiTools()
                    + ",'toolConfig':{'functionCallingConfig':{'mode':'ANY',"
                    + "'allowedFunctionNames':['look']}},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .seenAs("'tool_choice':{", "allowedFunctionNames", "'toolChoice':{"),
        of("no parallel calls")
            .openai(
                openaiTools()
                    + ",'parallel_tool_calls':false,'messages':[{'role':'user','content':'hi'}]")
            .anthropic(
                anthropicTools()
                    + ",'tool_choice':{'type':'auto','disable_parallel_tool_use':true},"
                    + "'messages':[{'role':'user','content':'hi'}]")
            .responses(responsesTools() + ",'parallel_tool_calls':false,'input':'hi'")
            .seenAs("'parallel_tool_calls':false", "'disable_parallel_tool_use':true"),
        of("tool result")
            .openai(
                openaiTools()
                    + ",'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':null,"
                    + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'look',"
                    + "'arguments':'{}'}}]},{'role':'tool','tool_call_id':'c1','content':'w2tness'}]")
            .anthropic(anthropicTools() + "," + anthropicResult(""))
            .responses(
                responsesTools()
                    + ",'input':[{'role':'user','content':'hi'},{'type':'function_call','call_id':'c1',"
                    + "'name':'look','arguments':'{}'},{'type':'function_call_output','call_id':'c1',"
                    + "'output':'w2tness'}]")
            .gemini(
                geminiTools()
                    + ",'contents':[{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':"
                    + "[{'functionCall':{'name':'look','args':{}}}]},{'role':'user','parts':"
                    + "[{'functionResponse':{'name':'look','response':{'output':'w2tness'}}}]}]")
            .ollama(
                openaiTools()
                    + ",'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'',"
                    + "'tool_calls':[{'function':{'name':'look','arguments':{}}}]},"
                    + "{'role':'tool','tool_name':'look','content':'w2tness'}]")
            .seenAs("w2tness"),
        of("tool that failed")
            .anthropic(anthropicTools() + "," + anthropicResult(",'is_error':true"))
            .seenAs("'is_error':true", "'status':'error'", "'error':"));
  }

  private static List<Feature> media() {
    return List.of(
        of("inline image")
            .openai(
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':"
                    + "{'url':'data:image/png;base64,aVdJVE5FU1M='}}]}]")
            .anthropic(
                "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64',"
                    + "'media_type':'image/png','data':'aVdJVE5FU1M='}}]}]")
            .responses(
                "'input':[{'role':'user','content':[{'type':'input_image',"
                    + "'image_url':'data:image/png;base64,aVdJVE5FU1M='}]}]")
            .gemini(
                "'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':'image/png',"
                    + "'data':'aVdJVE5FU1M='}}]}]")
            .ollama("'messages':[{'role':'user','content':'hi','images':['aVdJVE5FU1M=']}]")
            .seenAs("aVdJVE5FU1M="),
        of("image by URL")
            .openai(
                "'messages':[{'role':'user','content':[{'type':'image_url','image_url':"
                    + "{'url':'https://example.com/w1tness.png'}}]}]")
            .anthropic(
                "'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url',"
                    + "'url':'https://example.com/w1tness.png'}}]}]")
            .responses(
                "'input':[{'role':'user','content':[{'type':'input_image',"
                    + "'image_url':'https://example.com/w1tness.png'}]}]")
            .gemini(
                "'contents':[{'role':'user','parts':[{'fileData':{'mimeType':'image/png',"
                    + "'fileUri':'https://example.com/w1tness.png'}}]}]")
            .seenAs("w1tness.png"),
        of("inline document")
            .openai(
                "'messages':[{'role':'user','content':[{'type':'file','file':{'filename':'a.pdf',"
                    + "'file_data':'data:application/pdf;base64,aVdJVE5FU1M='}}]}]")
            .anthropic(
                "'messages':[{'role':'user','content':[{'type':'document','source':{'type':'base64',"
                    + "'media_type':'application/pdf','data':'aVdJVE5FU1M='}}]}]")
            .responses(
                "'input':[{'role':'user','content':[{'type':'input_file','filename':'a.pdf',"
                    + "'file_data':'data:application/pdf;base64,aVdJVE5FU1M='}]}]")
            .gemini(
                "'contents':[{'role':'user','parts':[{'inlineData':{'mimeType':'application/pdf',"
                    + "'data':'aVdJVE5FU1M='}}]}]")
            .seenAs("aVdJVE5FU1M="));
  }

  private static List<Feature> generation() {
    return List.of(
        of("output by JSON schema")
            .openai(
                "'response_format':{'type':'json_schema','json_schema':{'name':'s','strict':true,"
                    + "'schema':"
                    + SCHEMA
                    + "}},'messages':[{'role':'user','content':'hi'}]")
            .anthropic(
                "'output_config':{'format':{'type':'json_schema','schema':"
                    + SCHEMA
                    + "}},"
                    + "'messages':[{'role':'user','content':'hi'}]")
            .responses(
                "'text':{'format':{'type':'json_schema','name':'s','strict':true,'schema':"
                    + SCHEMA
                    + "}},'input':'hi'")
            .gemini(
                "'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
                    + SCHEMA
                    + "},'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama("'format':" + SCHEMA + ",'messages':[{'role':'user','content':'hi'}]")
            .seenAs("w1tness"),
        everywhere(
            "maximum tokens",
            "4321",
            "'max_tokens':4321",
            "'max_output_tokens':4321",
            "'maxOutputTokens':4321",
            "'num_predict':4321"),
        everywhere(
            "temperature",
            "0.125",
            "'temperature':0.125",
            "'temperature':0.125",
            "'temperature':0.125",
            "'temperature':0.125"),
        everywhere(
            "top-p", "0.375", "'top_p':0.375", "'top_p':0.375", "'topP':0.375", "'top_p':0.375"),
        of("top-k")
            .anthropic("'top_k':17,'messages':[{'role':'user','content':'hi'}]")
            .gemini(
                "'generationConfig':{'topK':17},'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama("'options':{'top_k':17},'messages':[{'role':'user','content':'hi'}]")
            .seenAs("':17"),
        of("stop sequences")
            .openai("'stop':['w1tness'],'messages':[{'role':'user','content':'hi'}]")
            .anthropic("'stop_sequences':['w1tness'],'messages':[{'role':'user','content':'hi'}]")
            .gemini(
                "'generationConfig':{'stopSequences':['w1tness']},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama("'options':{'stop':['w1tness']},'messages':[{'role':'user','content':'hi'}]")
            .seenAs("w1tness"),
        of("reasoning effort")
            .openai("'reasoning_effort':'high','messages':[{'role':'user','content':'hi'}]")
            .anthropic(
                "'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2048},"
                    + "'messages':[{'role':'user','content':'hi'}]")
            .responses("'reasoning':{'effort':'high'},'input':'hi'")
            .gemini(
                "'generationConfig':{'thinkingConfig':{'thinkingBudget':2048}},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama("'think':'high','messages':[{'role':'user','content':'hi'}]")
            .seenAs(
                "'effort':",
                "reasoning_effort",
                "budget",
                "thinkingBudget",
                "thinkingLevel",
                "'think':"),
        of("seed")
            .openai("'seed':4242,'messages':[{'role':'user','content':'hi'}]")
            .gemini(
                "'generationConfig':{'seed':4242},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama("'options':{'seed':4242},'messages':[{'role':'user','content':'hi'}]")
            .seenAs("4242"),
        of("several choices")
            .openai("'n':3,'messages':[{'role':'user','content':'hi'}]")
            .gemini(
                "'generationConfig':{'candidateCount':3},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .seenAs("'n':3", "'candidateCount':3"),
        of("log probabilities")
            .openai("'logprobs':true,'messages':[{'role':'user','content':'hi'}]")
            .gemini(
                "'generationConfig':{'responseLogprobs':true},"
                    + "'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .seenAs("'logprobs':true", "'responseLogprobs':true"),
        of("unknown field")
            .openai("'x_field':'w1tness','messages':[{'role':'user','content':'hi'}]")
            .anthropic("'x_field':'w1tness','messages':[{'role':'user','content':'hi'}]")
            .responses("'x_field':'w1tness','input':'hi'")
            .gemini("'xField':'w1tness','contents':[{'role':'user','parts':[{'text':'hi'}]}]")
            .ollama("'x_field':'w1tness','messages':[{'role':'user','content':'hi'}]")
            .seenAs("w1tness"));
  }

  /** A number that every surface has a name for. */
  private static Feature everywhere(
      String name, String witness, String flat, String responses, String gemini, String ollama) {
    String hi = ",'messages':[{'role':'user','content':'hi'}]";
    return of(name)
        .openai(flat + hi)
        .anthropic(flat + hi)
        .responses(responses + ",'input':'hi'")
        .gemini(
            "'generationConfig':{"
                + gemini
                + "},'contents':[{'role':'user','parts':[{'text':'hi'}]}]")
        .ollama("'options':{" + ollama + "}" + hi)
        .seenAs(witness);
  }

  private static String openaiTools() {
    return "'tools':[{'type':'function','function':{'name':'look','description':'w1tness',"
        + "'parameters':{'type':'object','properties':{}}}}]";
  }

  private static String anthropicTools() {
    return "'tools':[{'name':'look','description':'w1tness',"
        + "'input_schema':{'type':'object','properties':{}}}]";
  }

  private static String responsesTools() {
    return "'tools':[{'type':'function','name':'look','description':'w1tness',"
        + "'parameters':{'type':'object','properties':{}}}]";
  }

  private static String geminiTools() {
    return "'tools':[{'functionDeclarations':[{'name':'look','description':'w1tness'}]}]";
  }

  private static String anthropicResult(String more) {
    return "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':[{'type':"
        + "'tool_use','id':'c1','name':'look','input':{}}]},{'role':'user','content':[{'type':"
        + "'tool_result','tool_use_id':'c1','content':'w2tness'"
        + more
        + "}]}]";
  }

  /** Gathers a feature's words. */
  static final class Builder {
    private final String name;
    private final Map<String, String> members = new LinkedHashMap<>();

    private Builder(String name) {
      this.name = name;
    }

    Builder openai(String request) {
      members.put(OPENAI, request);
      return this;
    }

    Builder anthropic(String request) {
      members.put(ANTHROPIC, request);
      return this;
    }

    Builder responses(String request) {
      members.put(RESPONSES, request);
      return this;
    }

    Builder gemini(String request) {
      members.put(GEMINI, request);
      return this;
    }

    Builder ollama(String request) {
      members.put(OLLAMA, request);
      return this;
    }

    Feature seenAs(String... witnesses) {
      return new Feature(name, Map.copyOf(members), List.of(witnesses));
    }
  }
}
