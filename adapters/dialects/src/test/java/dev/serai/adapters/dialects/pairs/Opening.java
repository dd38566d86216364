package dev.serai.adapters.dialects.pairs;

/**
 * The first request of a conversation with tools, reasoning, an image and cache marks, in every
 * client's format.
 */
final class Opening {
  static final String PICTURE = "iVBORw0KGgoAAAANSUhEUg==";

  private Opening() {}

  static byte[] of(Client client) {
    String text = "What is the time, and what is this?";
    String chat =
        "'reasoning_effort':'high',"
            + client.tools()
            + ",'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':"
            + "[{'type':'text','text':'"
            + text
            + "'},{'type':'image_url','image_url':{'url':'data:image/png;base64,"
            + PICTURE
            + "'}}]}]";
    String responses =
        "'instructions':'Be brief.','reasoning':{'effort':'high'},'store':false,"
            + "'include':['reasoning.encrypted_content'],"
            + client.tools()
            + ",'input':[{'role':'user','content':[{'type':'input_text','text':'"
            + text
            + "'},{'type':'input_image','image_url':'data:image/png;base64,"
            + PICTURE
            + "'}]}]";
    String mark = ",'cache_control':{'type':'ephemeral'}";
    String messages =
        "'max_tokens':9000,'thinking':{'type':'enabled','budget_tokens':2048},"
            + client.tools().replace("'looks it up'", "'looks it up'" + mark)
            + ",'system':[{'type':'text','text':'Be brief.'"
            + mark
            + "}],'messages':[{'role':'user','content':[{'type':'text','text':'"
            + text
            + "'},{'type':'image','source':{'type':'base64','media_type':'image/png','data':'"
            + PICTURE
            + "'}"
            + mark
            + "}]}]";
    String content =
        "'generationConfig':{'thinkingConfig':{'thinkingBudget':2048,'includeThoughts':true}},"
            + client.tools()
            + ",'systemInstruction':{'parts':[{'text':'Be brief.'}]},'contents':[{'role':'user',"
            + "'parts':[{'text':'"
            + text
            + "'},{'inlineData':{'mimeType':'image/png','data':'"
            + PICTURE
            + "'}}]}]";
    String local =
        "'think':'high',"
            + client.tools()
            + ",'messages':[{'role':'system','content':'Be brief.'},{'role':'user','content':'"
            + text
            + "','images':['"
            + PICTURE
            + "']}]";
    String model = client == Client.GEMINI ? "" : "'model':'asked','stream':false,";
    return Pair.bytes("{" + model + client.say(chat, responses, messages, content, local) + "}");
  }

  /** A history with two calls at once and their results, the second of which failed. */
  static String called(Client client, String tools) {
    String chat =
        tools
            + "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':'',"
            + "'tool_calls':[{'id':'c1','type':'function','function':{'name':'look','arguments':"
            + client.say("'{}'", "", "", "", "{}")
            + "}},{'id':'c2','type':'function','function':{'name':'time','arguments':"
            + client.say("'{}'", "", "", "", "{}")
            + "}}]},{'role':'tool','tool_call_id':'c1','tool_name':'look','content':'one'},"
            + "{'role':'tool','tool_call_id':'c2','tool_name':'time','content':'two'}]";
    return client.say(
        chat,
        tools
            + "'input':[{'role':'user','content':'hi'},{'type':'function_call','call_id':'c1',"
            + "'name':'look','arguments':'{}'},{'type':'function_call','call_id':'c2',"
            + "'name':'time','arguments':'{}'},{'type':'function_call_output','call_id':'c1',"
            + "'output':'one'},{'type':'function_call_output','call_id':'c2','output':'two'}]",
        tools
            + "'messages':[{'role':'user','content':'hi'},{'role':'assistant','content':["
            + "{'type':'tool_use','id':'c1','name':'look','input':{}},{'type':'tool_use','id':'c2',"
            + "'name':'time','input':{}}]},{'role':'user','content':[{'type':'tool_result',"
            + "'tool_use_id':'c1','content':'one'},{'type':'tool_result','tool_use_id':'c2',"
            + "'content':'two','is_error':true}]}]",
        tools
            + "'contents':[{'role':'user','parts':[{'text':'hi'}]},{'role':'model','parts':["
            + "{'functionCall':{'id':'c1','name':'look','args':{}}},{'functionCall':{'id':'c2',"
            + "'name':'time','args':{}}}]},{'role':'user','parts':[{'functionResponse':{'id':'c1',"
            + "'name':'look','response':{'output':'one'}}},{'functionResponse':{'id':'c2',"
            + "'name':'time','response':{'error':'two'}}}]}]",
        chat);
  }

  /** What asks for an answer by a schema. */
  static String servedBy(Client client, String schema) {
    return client.say(
        "'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':"
            + schema
            + "}},",
        "'text':{'format':{'type':'json_schema','name':'a','schema':" + schema + "}},",
        "'output_config':{'format':{'type':'json_schema','schema':" + schema + "}},",
        "'generationConfig':{'responseMimeType':'application/json','responseJsonSchema':"
            + schema
            + "},",
        "'format':" + schema + ",");
  }

  /** The same with tools, as a whole request. */
  static byte[] goingOn(Client client) {
    return client.ask(called(client, client.tools() + ","), false).bytes();
  }
}
