/**
 * CSV exports, as a sink: checked, written where nobody looks, made current by one name that only
 * one publication can take, cleaned up.
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
 * <p>{@link io.penstock.spark.export.ExportReader} is the consumers' side; the README tells those
 * in other languages what it does.
 *
 * <p>The engine reaches it through the interfaces in {@code sink}, {@code publication} and {@code
 * cleaning}. Knows nothing of Delta.
 */
package io.penstock.spark.export;
