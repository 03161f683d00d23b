/** What pipelines may use of Spark itself. The engine behind it is nobody's API. */
package io.penstock.spark;
