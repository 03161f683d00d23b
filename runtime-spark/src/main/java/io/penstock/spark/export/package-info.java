/**
 * CSV exports, as a sink: checked, written out of sight, published by creating one file that only
 * one publication can create, and cleaned up.
 *
 * <pre>
 * export/&lt;name&gt;/_versions/&lt;partition or "all"&gt;/&lt;run id&gt;/&lt;name&gt;.csv   immutable
 * export/&lt;name&gt;/_versions/&lt;partition or "all"&gt;/&lt;run id&gt;/manifest.json
 * export/&lt;name&gt;/_published/&lt;partition or "all"&gt;/&lt;epoch&gt;.json         the highest is current
 * export/&lt;name&gt;/_published/contract/&lt;number&gt;.json              the highest counts
 * export/&lt;name&gt;/&lt;partition&gt;/&lt;name&gt;.csv                              a copy of the current one
 * </pre>
 *
 * <p>Compressed files end in {@code .csv.gz} or {@code .csv.zst}. An export in parts has the files
 * {@code <name>-00001.csv} and so on in its versions, and no copy.
 *
 * <p>{@link io.penstock.spark.export.ExportReader} is for consumers; {@code jobs/README.md}
 * describes the format for consumers in other languages.
 *
 * <p>The engine uses it through the interfaces in {@code sink}, {@code publication} and {@code
 * cleaning}. It knows nothing of Delta.
 */
package io.penstock.spark.export;
