package io.penstock.spark.expressions;

import io.penstock.spark.text.WordList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.classic.SparkSession;
import scala.Option;

/**
 * The allowlist of Spark's functions: those whose result depends only on their arguments, and not
 * on the clock, the machine, the user, a setting, a random number or a file. All others are refused
 * before anything is analysed, because some of them run code during the analysis.
 *
 * <p>A function is added here after its source has been read. Functions that depend on the order of
 * rows are listed, too: their order is checked in the step that uses them.
 */
final class AllowedFunctions {
  private static final Set<String> NAMES =
      WordList.of(
          """
          ! % & * + - / < << <= <=> = == > >= >> >>> ^ | ~
          abs acos acosh add_months aes_decrypt aggregate and any any_value
          approx_count_distinct approx_percentile array array_agg array_append array_compact
          array_contains array_distinct array_except array_insert array_intersect array_join
          array_max array_min array_position array_prepend array_remove array_repeat array_size
          array_sort array_union arrays_overlap arrays_zip ascii asin asinh assert_true atan
          atan2 atanh avg base64 between bigint bin binary bit_and bit_count bit_get bit_length
          bit_or bit_xor bitmap_and_agg bitmap_bit_position bitmap_bucket_number
          bitmap_construct_agg bitmap_count bitmap_or_agg bool_and bool_or boolean bround btrim
          cardinality cast cbrt ceil ceiling char char_length character_length chr coalesce
          collate collation collect_list collect_set concat concat_ws contains conv
          convert_timezone corr cos cosh cot count count_if count_min_sketch covar_pop
          covar_samp crc32 csc cume_dist date date_add date_diff date_format date_from_unix_date
          date_part date_sub date_trunc dateadd datediff datepart day dayname dayofmonth
          dayofweek dayofyear decimal decode degrees dense_rank div double e element_at elt
          encode endswith equal_null every exists exp explode explode_outer expm1 extract
          factorial filter find_in_set first first_value flatten float floor forall
          format_number format_string from_csv from_json from_unixtime from_utc_timestamp get
          get_json_object getbit greatest grouping grouping_id hash hex histogram_numeric hour
          hypot if ifnull ilike in initcap inline inline_outer instr int is_valid_utf8
          is_valid_variant is_variant_null isnan isnotnull isnull json_array_length
          json_object_keys json_tuple kurtosis lag last last_day last_value lcase lead least
          left len length levenshtein like listagg ln locate log log10 log1p log2 lower lpad
          ltrim luhn_check make_date make_dt_interval make_interval make_time make_timestamp
          make_timestamp_ltz make_timestamp_ntz make_valid_utf8 make_ym_interval map map_concat
          map_contains_key map_entries map_filter map_from_arrays map_from_entries map_keys
          map_values map_zip_with mask max max_by md5 mean median min min_by minute mod mode
          month monthname months_between named_struct nanvl negative next_day not nth_value
          ntile nullif nullifzero nvl nvl2 octet_length or overlay parse_json parse_url
          percent_rank percentile percentile_approx percentile_cont percentile_disc pi pmod
          posexplode posexplode_outer position positive pow power printf quarter quote radians
          raise_error rank reduce regexp regexp_count regexp_extract regexp_extract_all
          regexp_instr regexp_like regexp_replace regexp_substr regr_avgx regr_avgy regr_count
          regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy repeat replace reverse
          right rint rlike round row_number rpad rtrim schema_of_csv schema_of_json
          schema_of_variant schema_of_variant_agg sec second sentences sequence session_window
          sha sha1 sha2 shiftleft shiftright shiftrightunsigned sign signum sin sinh size
          skewness slice smallint some sort_array soundex space split split_part sqrt
          st_asbinary st_geogfromwkb st_geomfromwkb st_setsrid st_srid stack startswith std
          stddev stddev_pop stddev_samp str_to_map string string_agg struct substr substring
          substring_index sum tan tanh time time_bucket time_diff time_from_micros
          time_from_millis time_from_seconds time_to_micros time_to_millis time_to_seconds
          time_trunc timestamp timestamp_micros timestamp_millis timestamp_seconds tinyint
          to_binary to_char to_csv to_date to_json to_number to_time to_timestamp
          to_timestamp_ltz to_timestamp_ntz to_unix_timestamp to_utc_timestamp to_varchar
          to_variant_object to_xml transform transform_keys transform_values translate trim
          trunc try_add try_aes_decrypt try_avg try_divide try_element_at try_make_interval
          try_make_timestamp try_make_timestamp_ltz try_make_timestamp_ntz try_mod try_multiply
          try_parse_json try_parse_url try_subtract try_sum try_to_binary try_to_date
          try_to_number try_to_time try_to_timestamp try_url_decode try_validate_utf8
          try_variant_get typeof ucase unbase64 unhex unix_date unix_micros unix_millis
          unix_seconds unix_timestamp upper url_decode url_encode validate_utf8 var_pop var_samp
          variance variant_get vector_avg vector_cosine_similarity vector_inner_product
          vector_l2_distance vector_norm vector_normalize vector_sum weekday weekofyear when
          width_bucket window window_time xxhash64 year zeroifnull zip_with
          """);

  /** Table functions, which are used in a FROM clause. */
  private static final Set<String> OF_TABLES =
      WordList.of(
          """
          explode explode_outer inline inline_outer json_tuple posexplode posexplode_outer range
          stack variant_explode variant_explode_outer
          """);

  private static final Map<Dependence, Set<String>> REFUSED =
      Map.of(
          Dependence.CLOCK,
          WordList.of("current_date curdate current_timestamp current_time localtimestamp now"),
          Dependence.SESSION,
          WordList.of(
              """
              current_timezone current_database current_schema current_catalog current_path
              current_user user session_user version
              """),
          Dependence.RANDOM,
          WordList.of("rand random randn randstr uniform uuid shuffle aes_encrypt"),
          Dependence.LAYOUT,
          WordList.of(
              """
              spark_partition_id input_file_name input_file_block_start input_file_block_length
              monotonically_increasing_id
              """),
          Dependence.REFLECTION,
          WordList.of("reflect java_method try_reflect"));

  private AllowedFunctions() {}

  /**
   * Why a function is forbidden in an expression; empty for an allowed function, and for an unknown
   * one, which Spark's analyser reports.
   */
  static Optional<ForbiddenFunction> refusal(List<String> parts, SparkSession session) {
    return refusal(parts, session, NAMES)
        .or(
            () ->
                isKnown(parts.get(0), session) && !isAllowed(parts, NAMES)
                    ? Optional.of(new ForbiddenFunction(parts.get(0), Dependence.CATALOG))
                    : Optional.empty());
  }

  /** Why a function is forbidden in a FROM clause. */
  static Optional<ForbiddenFunction> tableRefusal(List<String> parts, SparkSession session) {
    return refusal(parts, session, OF_TABLES)
        .or(
            () ->
                isAllowed(parts, OF_TABLES)
                    ? Optional.empty()
                    : Optional.of(new ForbiddenFunction(parts.get(0), Dependence.CATALOG)));
  }

  /** Whether a function is allowed; a table function is written as {@code FROM range}. */
  static boolean isAllowed(String name) {
    return name.startsWith("FROM ")
        ? OF_TABLES.contains(name.substring("FROM ".length()))
        : NAMES.contains(name);
  }

  private static boolean isAllowed(List<String> parts, Set<String> allowed) {
    return allowed.contains(parts.get(0).toLowerCase(Locale.ROOT));
  }

  /** Whether an extension, the session or its catalog defines the function. */
  private static boolean isKnown(String name, SparkSession session) {
    return session
            .sessionState()
            .functionRegistry()
            .functionExists(
                FunctionIdentifier.apply(
                    name.toLowerCase(Locale.ROOT), Option.apply("builtin"), Option.apply("system")))
        || session.sessionState().catalog().functionExists(FunctionIdentifier.apply(name));
  }

  private static Optional<ForbiddenFunction> refusal(
      List<String> parts, SparkSession session, Set<String> allowed) {
    String shown = String.join(".", parts);
    if (parts.size() > 1) {
      return Optional.of(new ForbiddenFunction(shown, Dependence.CATALOG));
    }
    String name = parts.get(0).toLowerCase(Locale.ROOT);
    FunctionIdentifier identifier = FunctionIdentifier.apply(name);
    if (session.sessionState().catalog().isTemporaryFunction(identifier)) {
      return Optional.of(new ForbiddenFunction(shown, Dependence.CATALOG));
    }
    if (isAllowed(parts, allowed)) {
      return Optional.empty();
    }
    for (var refused : REFUSED.entrySet()) {
      if (refused.getValue().contains(name)) {
        return Optional.of(new ForbiddenFunction(name, refused.getKey()));
      }
    }
    if (isBuiltIn(identifier)) {
      return Optional.of(new ForbiddenFunction(name, Dependence.UNPROVED));
    }
    return Optional.empty();
  }

  private static boolean isBuiltIn(FunctionIdentifier identifier) {
    return FunctionRegistry.builtin().functionExists(identifier)
        || TableFunctionRegistry.builtin().functionExists(identifier);
  }

  /** The classes of the allowed functions, according to Spark's registry. */
  static Set<Class<?>> classes() {
    Map<String, Class<?>> classes = new HashMap<>();
    for (String name : NAMES) {
      ExpressionInfo info =
          FunctionRegistry.builtin().lookupFunction(FunctionIdentifier.apply(name)).get();
      classes.computeIfAbsent(info.getClassName(), CatalystClasses::named);
    }
    return new HashSet<>(classes.values());
  }
}
