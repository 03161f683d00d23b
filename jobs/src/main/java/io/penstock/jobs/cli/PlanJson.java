package io.penstock.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.result.ResultJson;
import io.penstock.plan.PlanGraph;
import io.penstock.plan.PlanPrinter;
import io.penstock.spec.CsvForm;

/** A plan for programs. */
final class PlanJson {
  private PlanJson() {}

  static String of(RunPlan plan, Pipeline pipeline) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("job", plan.pipeline());
    json.put("description", plan.description());
    plan.unit().ifPresent(unit -> json.set("interval", ResultJson.interval(unit)));
    ArrayNode sinks = json.putArray("sinks");
    for (RunPlan.Output output : plan.outputs()) {
      ObjectNode sink = sinks.addObject().put("name", output.name()).put("kind", output.format());
      ArrayNode partitions = sink.putArray("partitions");
      output.units().forEach(partitions::add);
      sink.put("target", output.target().name());
      output.form().ifPresent(form -> describe(form, sink));
    }
    ArrayNode inputs = json.putArray("inputs");
    for (RunPlan.Input input : plan.inputs()) {
      ObjectNode source = inputs.addObject().put("name", input.name()).put("kind", input.format());
      input.version().ifPresent(version -> source.put("version", version));
      ArrayNode partitions = source.putArray("partitions");
      input.units().forEach(partitions::add);
      source.put("files", input.files()).put("bytes", input.bytes());
    }
    ArrayNode ownPast = json.putArray("readsOwnPast");
    PlanText.ownPast(pipeline).forEach(path -> ownPast.add(path.text()));
    ArrayNode checks = json.putArray("checks");
    plan.checks()
        .forEach(check -> checks.addObject().put("name", check.name()).put("place", check.place()));
    ArrayNode shared = json.putArray("shared");
    plan.shared()
        .forEach(
            step ->
                shared
                    .addObject()
                    .put("step", step.step())
                    .put("evaluation", step.evaluation().name())
                    .put("reason", step.reason()));
    json.set("doubts", ResultJson.doubts(plan.doubts()));
    json.set("steps", steps(plan.graph()));
    return json.toPrettyString() + "\n";
  }

  private static void describe(CsvForm form, ObjectNode sink) {
    sink.put("profile", form.profile().toString())
        .put("compression", form.compression().toString());
    form.partSize().ifPresent(size -> sink.put("partBytes", size.bytes()));
  }

  /** The plan has one JSON form, the printer's; here it becomes part of a larger document. */
  private static JsonNode steps(PlanGraph graph) {
    try {
      return new ObjectMapper().readTree(PlanPrinter.JSON.print(graph)).get("steps");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The printed form of a plan is not JSON.", e);
    }
  }
}
