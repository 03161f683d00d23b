// What samples/shell opens jshell with.
import io.penstock.dsl.*;
import io.penstock.jobs.Job;
import io.penstock.jobs.shell.*;
import io.penstock.samples.*;
import io.penstock.spark.SparkTransform;
import io.penstock.spec.*;
import static io.penstock.dsl.Penstock.*;
import static io.penstock.jobs.shell.Destination.*;

Session session = Session.open();
void on(String date) { session.on(date); }
void param(String name, Object value) { session.param(name, value); }
void show(Rows rows) { session.show(rows); }
void show(Rows rows, int limit) { session.show(rows, limit); }
void show(String path) { session.show(path); }
void schema(Rows rows) { session.schema(rows); }
void count(Rows rows) { session.count(rows); }
void explain(Pipeline pipeline) { session.explain(pipeline); }
void run(Pipeline pipeline) { session.run(pipeline); }
void run(Pipeline pipeline, Destination destination) { session.run(pipeline, destination); }
void help() { session.help(); }
