"""部门联审: batches, answers of departments on the page and in workbooks, conclusions."""
