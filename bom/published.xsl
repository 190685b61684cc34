<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-FileCopyrightText: The tracing-propagation authors -->
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Takes from a flattened POM the dependencies that reach no consumer: those of the application's host,
     and those that are optional or within the check's jar. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:m="http://maven.apache.org/POM/4.0.0">
  <xsl:output encoding="UTF-8" indent="yes"/>
  <xsl:strip-space elements="*"/>
  <xsl:template match="@*|node()">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="m:dependency[m:scope = 'provided' or m:optional = 'true']|comment()"/>
</xsl:stylesheet>
